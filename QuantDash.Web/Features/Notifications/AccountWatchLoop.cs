using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Web.Supervision;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Notifications;

/// <summary>Looks at every account once a second and puts on the tape what the trader is to be told; from there it is announced as everything else is.</summary>
public sealed class AccountWatchLoop(TradingRuntime runtime, ITapeHistory history, NotificationDesk desk, ContractCatalog catalog, TradingCalendar calendar, TimeProvider clock) : ISupervisedLoop
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    // A margin that rises after the longest holiday was told at most this long ago.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);
    private AccountWatchState? _told;

    public string ServiceName => "account_watch";

    public TimeSpan? LongestTurn => TimeSpan.FromMinutes(5);

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
        _told = null; // Whatever ended the run before: the tape knows.
        using var timer = new PeriodicTimer(Pace, clock);
        do
        {
            pulse.Beat();
            await TurnAsync(stop);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    internal async Task TurnAsync(CancellationToken stop)
    {
        if (runtime.Snapshots.Current is not { Recovered: true } snapshot) return;
        _told ??= await RememberAsync(stop);
        var settings = (await desk.LoadAsync(stop)).Settings;
        var limits = new AccountLimits(settings.AvailableBelow, settings.DayLossAbove, settings.LastDayWithin);
        var endless = snapshot.Sources.Where(s => s.Source.ExpiryNone).Select(s => s.Source.Name).ToHashSet();
        foreach (var view in snapshot.OpenAccounts)
        {
            foreach (var alert in AccountWatch.Look(view, !endless.Contains(view.Account.Source), limits, _told, catalog, calendar)) await TellAsync(alert, stop);
        }
    }

    /// <summary>Remembered when it is durable, not before.</summary>
    private async Task TellAsync(AccountAlert alert, CancellationToken stop)
    {
        await runtime.RunAsync(
            (engine, now) =>
            {
                engine.TellAccount(alert, now);
                return true;
            },
            stop);
        _told = _told!.After(alert);
    }

    private async Task<AccountWatchState> RememberAsync(CancellationToken stop) =>
        (await history.AllSinceAsync(AccountWatch.KeyPrefix, clock.GetUtcNow() - Remembered, stop)).Aggregate(AccountWatchState.Nothing, (told, entry) => told.After(entry));
}
