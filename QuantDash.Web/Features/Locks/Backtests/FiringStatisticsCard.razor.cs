using Microsoft.AspNetCore.Components;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Locks.Backtests;

/// <summary>触发统计 of an account, read when it is shown and when another account is chosen.</summary>
public sealed partial class FiringStatisticsCard
{
    private IReadOnlyList<FiringStatistics>? _lines;
    private bool _isCut;
    private AccountId? _of;

    [Parameter] public AccountId? AccountId { get; set; }
    [Inject] public required FiringJudge Judge { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (AccountId is not { } account || _of == account) return;
        _of = account;
        _lines = null;
        var judged = await Judge.ReadAsync(new() { AccountId = account }, FiringJudge.UsualLater, Feed.Current);
        if (_of == account) (_lines, _isCut) = (FiringStatistics.ByRule(judged.Firings), judged.IsCut);
    }
}
