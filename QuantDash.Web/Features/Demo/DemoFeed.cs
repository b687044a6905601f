using QuantDash.Core.Engine;
using QuantDash.Core.Simulation;
using QuantDash.Web.Supervision;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Demo;

/// <summary>Pushes the demo's made-up market, in real time, on the demo's own source, while its account is open.</summary>
public sealed class DemoFeed(TradingRuntime runtime, TimeProvider clock, ILogger<DemoFeed> log) : ISupervisedLoop
{
    // After a pause (the machine slept) the missed ticks are not made up for; the script goes on where it was.
    private static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    private readonly TaskCompletionSource<bool> _start = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _told;

    public bool IsIdle => !_start.Task.IsCompleted || !IsOpen(runtime.Snapshots.Current);

    /// <summary>Starts the market once; later calls change nothing.</summary>
    /// <param name="fromTheBeginning">With the script that gives every rule its turn; otherwise the market just wanders on.</param>
    public void Start(bool fromTheBeginning) => _start.TrySetResult(fromTheBeginning);

    public string ServiceName => "demo_feed";

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
        // Its script is told once; after a failure the market just wanders on.
        var scripted = await _start.Task.WaitAsync(stop) && !_told;
        _told = true;
        log.LogInformation("Demo market: started, {Kind}", scripted ? "scripted" : "wandering");
        var scriptBegan = clock.GetUtcNow();
        var market = scripted ? new SyntheticMarket(DemoScenario.Instruments, scriptBegan, DemoScenario.Seed) : GoOn(null);
        while (!stop.IsCancellationRequested)
        {
            pulse.Beat();
            if (!IsOpen(runtime.Snapshots.Current)) await OpenAsync(stop);
            var wait = market.NextAt - clock.GetUtcNow();
            if (wait < -LongestLag)
            {
                var told = market.NextAt - scriptBegan;
                market = GoOn(scripted ? told : null);
                scriptBegan = clock.GetUtcNow() - told;
            }
            else if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, stop);
            }

            await runtime.PushTicksAsync(DemoScenario.SourceName, DueTicks(market), stop);
        }
    }

    /// <summary>While the demo is switched off its market stands still.</summary>
    private async Task OpenAsync(CancellationToken stop)
    {
        await foreach (var snapshot in runtime.Snapshots.WatchAsync(LookAgain, clock, stop))
            if (IsOpen(snapshot)) return;
    }

    private static bool IsOpen(EngineSnapshot snapshot) => DemoStatus.AccountIn(snapshot) is { IsClosed: false };

    private List<SymbolTick> DueTicks(SyntheticMarket market)
    {
        var due = new List<SymbolTick>();
        var now = clock.GetUtcNow();
        do
        {
            var (symbol, tick) = market.Next();
            due.Add(new(symbol.ToString(), tick));
        }
        while (market.NextAt <= now);
        return due;
    }

    /// <summary>From the prices as they are.</summary>
    /// <param name="told">How much of the script is over; the rest of it is still to come. Null: the market just wanders.</param>
    private SyntheticMarket GoOn(TimeSpan? told)
    {
        var now = clock.GetUtcNow();
        var instruments = DemoScenario.Instruments.Select(instrument => instrument with
        {
            Script = [.. instrument.Script.Where(point => point.After > told).Select(point => point with { After = point.After - told!.Value })],
            StartPrice = LastPrice(instrument),
        });
        return new([.. instruments], now, DemoScenario.Seed + (ulong)now.ToUnixTimeMilliseconds());
    }

    private double LastPrice(SyntheticInstrument instrument) =>
        runtime.Snapshots.Current.Quotes.FirstOrDefault(quote => quote.Source == DemoScenario.SourceName && quote.Contract.Symbol == instrument.Symbol) is { } quote
            ? (double)quote.Last.Value
            : instrument.HomePrice;
}
