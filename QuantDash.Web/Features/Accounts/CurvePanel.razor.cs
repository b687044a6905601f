using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Performance;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Charts;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Accounts;

/// <summary>The funds curve of the chosen account, or of all accounts that are money in its currency: as recorded, then live.</summary>
public sealed partial class CurvePanel
{
    private readonly List<EquitySample> _points = [];
    private CurveRange _range = CurveRange.Usual;
    private bool _together;
    private int _accounts;
    private AccountId? _shown;
    private CurveRead _read = CurveRead.Nothing;
    private ChartModel? _curve;
    private bool _loaded;
    private int _reading;

    [Inject] public required PerformanceDesk Desk { get; init; }

    protected override TimeSpan Pace => Paces.Funds;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _accounts = Wanted(snapshot, account, together: true).Count;
        if (account?.Account.Id != _shown)
        {
            _shown = account?.Account.Id;
            _together = false;
            Begin(LoadAsync);
        }

        if (!_loaded || account is null || _read.PointOf(snapshot, snapshot.ClockOf(account)) is not { } now) return;
        FundsCurve.Append(_points, now, _range.Closest);
        Draw();
    }

    private Task ChooseAsync(CurveRange range, bool together)
    {
        (_range, _together) = (range, together);
        return LoadAsync();
    }

    // A slow read that was overtaken by another choice is dropped.
    private async Task LoadAsync()
    {
        var reading = ++_reading;
        _loaded = false;
        if (Account is not { } account || View is not { } snapshot)
        {
            _curve = null;
            return;
        }

        var now = snapshot.ClockOf(account);
        var read = await Desk.CurveAsync(Wanted(snapshot, account, _together), account.Account.Currency, _range.Since(now), now);
        if (reading != _reading) return;
        _points.Clear();
        _points.AddRange(read.Points);
        _read = read;
        _loaded = true;
        Draw();
        StateHasChanged();
    }

    /// <summary>Play money is never added to money: a demo or replay stands by itself.</summary>
    private static List<AccountView> Wanted(EngineSnapshot snapshot, AccountView? chosen, bool together)
    {
        if (chosen is null) return [];
        return together && !IsPlay(chosen) ? [.. snapshot.Accounts.Where(a => !IsPlay(a))] : [chosen];
    }

    private static bool IsPlay(AccountView account) => account.Account.IsDemo || account.Replay;

    private void Draw() => _curve = FundsCurve.Draw(
        $"{_shown} {_range.Name} {_together}", _points, new(Text["Equity"], Text["Drawdown"], Text["Deposit"], Text["Withdrawal"]), []);
}
