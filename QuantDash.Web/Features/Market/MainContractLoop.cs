using System.Globalization;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Web.Supervision;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Market;

/// <summary>Looks once a minute whether another contract of a product has more open interest than its main one: told once, and where the main contract follows by itself it is the new one from the next
/// trading day on.</summary>
internal sealed class MainContractLoop(TradingRuntime runtime, MarketDesk desk, ITapeHistory history, TradingCalendar calendar, TimeProvider clock) : ISupervisedLoop
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(60);
    private HashSet<string>? _told;

    public string ServiceName => "main_contract";

    public TimeSpan? LongestTurn => TimeSpan.FromMinutes(5);

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
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
        var mains = await desk.ReadMainsAsync(stop);
        if (runtime.Snapshots.Current is not { Recovered: true } snapshot) return;
        _told ??= [.. (await history.AllSinceAsync(MainContractWatch.Found, clock.GetUtcNow() - Remembered, stop)).Select(e => e.Symbol?.ToString()).OfType<string>()];
        foreach (var found in MainContractWatch.Look(snapshot, mains, calendar))
        {
            if (found.Main.Follows)
                await desk.SaveAsync(new(found.Found, found.Main.Product, found.From, true, "", clock.GetUtcNow()), found.Main, stop);
            else if (_told.Add(found.Found.ToString()))
                await desk.TellAsync(MainContractWatch.Found, found.Found, [found.Found.ToString(), Text(found.OpenInterest), found.Main.Symbol.ToString(), Text(found.MainOpenInterest)], stop);
        }
    }

    private static string Text(decimal volume) => volume.ToString("0", CultureInfo.InvariantCulture);
}
