using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Performance;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Charts;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Overview;

/// <summary>The funds curve: recorded points from the database, then the live last point.</summary>
public sealed partial class FundsPanel
{
    private readonly List<EquitySample> _points = [];
    private ChartModel? _curve;
    private AccountId? _shown;
    private bool _loaded;

    [Inject] public required IFundsHistory History { get; init; }

    protected override TimeSpan Pace => Paces.Funds;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        if (account?.Account.Id != _shown)
        {
            _shown = account?.Account.Id;
            Begin(() => LoadAsync(_shown));
        }

        if (!_loaded || account is null || EquitySample.Of(new(snapshot.ClockOf(account), account.Funds)) is not { } now) return;
        FundsCurve.Append(_points, now);
        Draw();
    }

    private async Task LoadAsync(AccountId? account)
    {
        _loaded = false;
        _curve = null;
        _points.Clear();
        if (account is { } id)
        {
            var page = await History.EquityAsync(new() { AccountId = id }, new(null, PageRequest.LongestPage));
            if (_shown != account) return;
            _points.AddRange(page.Items.Select(EquitySample.Of).OfType<EquitySample>().OrderBy(p => p.At));
            Draw();
        }

        _loaded = true;
        StateHasChanged();
    }

    private void Draw() => _curve = FundsCurve.Draw(
        $"{_shown}", _points, new(Text["Equity"], Text["Drawdown"], Text["Deposit"], Text["Withdrawal"]),
        [new(Text["Range30m"], 30), new(Text["Range4h"], 240), new(Text["RangeDay"], 1440), new(Text["RangeAll"], 0)]);
}
