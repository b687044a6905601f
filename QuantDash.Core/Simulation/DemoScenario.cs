using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Simulation;

/// <summary>A leg the demo account holds when it starts, opened at <paramref name="EntryPrice"/>.</summary>
public sealed record DemoLeg(Symbol Symbol, Side Side, Volume Volume, Price EntryPrice);

/// <summary>The demo as data: its source, market, legs and rules. Within three minutes of its start the market takes PTA up 200 points (profit lock
/// of 80 %, by itself), PVC down to 2800 (a price trigger that waits for the click), gold up and back (trailing), and PTA down to 5400 (stop on what is left).</summary>
public static class DemoScenario
{
    public const ulong Seed = 20251218;
    public const decimal InitialBalance = 1_000_000m;

    /// <summary>All scripted firings have happened by then.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(3);

    public static readonly SourceName SourceName = new("demo");
    public static readonly Symbol Pta = Symbol.Create("CZCE", "TA2505");
    public static readonly Symbol Pvc = Symbol.Create("DCE", "v2505");
    public static readonly Symbol Gold = Symbol.Create("SHFE", "au2509");
    public static readonly Symbol Index = Symbol.Create("CFFEX", "IF2506");
    public static readonly Symbol Rebar = Symbol.Create("SHFE", "rb2510");

    public static IReadOnlyList<DemoLeg> Legs { get; } =
    [
        new(Pta, Side.Long, new Volume(10), new Price(5500)),
        new(Pvc, Side.Short, new Volume(12), new Price(2862)),
        new(Gold, Side.Long, new Volume(2), new Price(780)),
    ];

    public static IReadOnlyList<SyntheticInstrument> Instruments { get; } =
    [
        Instrument(Pta, 2m, 5m, 5500, 5484, 0.07) with
        {
            Script = Script((15, 5506), (60, 5744), (75, 5736), (110, 5560), (150, 5370), (170, 5376), (210, 5430)),
        },
        Instrument(Pvc, 1m, 5m, 2862, 2866, 0.06) with
        {
            HomePrice = 2815, FlickerTicks = 3, Depth = 200, Script = Script((25, 2860), (60, 2838), (95, 2794), (300, 2794)),
        },
        Instrument(Gold, 0.02m, 1000m, 780, 779.4, 0.08) with
        {
            HomePrice = 781, FlickerTicks = 8, Depth = 40, OpenInterest = 180_000, Script = Script((30, 780.4), (80, 784), (100, 783.8), (130, 781.2)),
        },
        Instrument(Index, 0.2m, 300m, 3860, 3852.4, 0.10) with { FlickerTicks = 10, Depth = 15, OpenInterest = 90_000 },
        Instrument(Rebar, 1m, 10m, 3120, 3115, 0.06) with { FlickerTicks = 3, Depth = 300, OpenInterest = 2_100_000 },
    ];

    /// <summary>A synthetic tick can never reach a real account: the demo has a source of its own, open day and night.</summary>
    public static Source Source(DateTimeOffset now) =>
        new() { Name = SourceName, Clock = SourceClock.Wall, SessionsAlways = true, ExpiryNone = true, CreatedAt = now };

    /// <summary>The rules of seed 000 as written there, and a trailing one. Ids come from the caller.</summary>
    public static IReadOnlyList<LockRule> Rules(AccountId account, Func<Guid> newId, DateTimeOffset now)
    {
        LockRule Rule(Symbol symbol, Side direction, TriggerType type) => new()
        {
            Id = newId(), AccountId = account, Symbol = symbol, Direction = direction, TriggerType = type, CreatedAt = now, UpdatedAt = now,
        };

        return
        [
            Rule(Pta, Side.Long, TriggerType.Profit) with
            {
                ProfitLockEnabled = true, ProfitLockThreshold = 10_000, ProfitLockRatio = new Ratio(0.8m), AutoExecute = true,
            },
            Rule(Pvc, Side.Short, TriggerType.Price) with { TriggerPrice = new Price(2800) },
            Rule(Pta, Side.Long, TriggerType.Price) with { StopLossPrice = new Price(5400), AutoExecute = true },
            Rule(Gold, Side.Long, TriggerType.Trailing) with { TrailingStop = true, TrailingDistance = 1.6m, AutoExecute = true },
        ];
    }

    private static SyntheticInstrument Instrument(Symbol symbol, decimal tick, decimal multiplier, double start, double preSettlement, double limit) =>
        new()
        {
            Symbol = symbol, PriceTick = tick, Multiplier = multiplier, StartPrice = start, HomePrice = start, PreSettlement = preSettlement,
            PriceLimit = limit,
        };

    private static IReadOnlyList<ScriptPoint> Script(params ReadOnlySpan<(int Seconds, double Price)> points)
    {
        var script = new ScriptPoint[points.Length];
        for (var i = 0; i < points.Length; i++) script[i] = new(TimeSpan.FromSeconds(points[i].Seconds), points[i].Price);
        return script;
    }
}
