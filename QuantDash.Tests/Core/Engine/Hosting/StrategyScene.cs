using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Tests.Core.Engine.Hosting;

/// <summary>Strategies of a test on one account with PTA (tick 2, multiplier 5), whose price the test moves: half a second a tick, a tick of spread.</summary>
internal sealed class StrategyScene : IStrategyDefinitions
{
    public static readonly Symbol Pta = Symbol.Create("CZCE", "TA2701");
    private readonly Dictionary<string, (Func<IStrategy> Make, int WarmUp)> _codes = new(StringComparer.Ordinal);

    public StrategyScene(EngineOptions? options = null, SourceClock clock = SourceClock.Ticks)
    {
        Harness = new(options, strategies: this);
        Account = Harness.Account(clock: clock);
        Tick(5500);
    }

    public EngineHarness Harness { get; }
    public TradingEngine Engine => Harness.Engine;
    public AccountId Account { get; }
    public DateTimeOffset Clock { get; set; } = new(2026, 11, 20, 1, 30, 0, TimeSpan.Zero);
    public IReadOnlyList<StrategyDefinition> All => [.. _codes.Keys.Select(name => Find(name)!)];
    public IReadOnlyList<TapeEvent> Tape => [.. Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Select(change => change.Event)];
    public IReadOnlyList<Order> Orders => DurableState.After(Harness.Journal.Batches, long.MaxValue).Orders;

    public StrategyDefinition? Find(string name) => !_codes.TryGetValue(name, out var code) ? null : new()
    {
        Name = name,
        Description = "A test's.",
        Parameters = [],
        Create = _ => code.Make(),
        WarmUpBars = _ => code.WarmUp,
    };

    public StrategyRequest Request(string name) => new()
    {
        Name = name, Definition = name, AccountId = Account, Symbols = [Pta], BarLength = Timeframe.Minutes(1), Mode = StrategyMode.Live,
    };

    /// <summary>Registers the code under a name and makes an instance of it.</summary>
    public Guid Add(string name, Func<IStrategy> make, Func<StrategyRequest, StrategyRequest>? with = null, int warmUp = 0)
    {
        _codes[name] = (make, warmUp);
        var created = Engine.Strategies.Create(with?.Invoke(Request(name)) ?? Request(name), Clock);
        created.Problems.ShouldBeEmpty();
        Harness.Commit();
        return created.Value.Id;
    }

    public Guid Run(string name, Func<IStrategy> make, Func<StrategyRequest, StrategyRequest>? with = null)
    {
        var id = Add(name, make, with);
        Start(id);
        return id;
    }

    public void Start(Guid id, StrategyWarmUp? warmUp = null)
    {
        Engine.Strategies.Start(id, warmUp ?? StrategyWarmUp.None, Clock).Problems.ShouldBeEmpty();
        Harness.Commit();
    }

    public Outcome<T> Do<T>(Func<StrategyCommands, DateTimeOffset, Outcome<T>> command)
    {
        var outcome = command(Engine.Strategies, Clock);
        Harness.Commit();
        return outcome;
    }

    public void Tick(double last, double depth = 100)
    {
        Harness.Tick(Pta, Raw(last, depth)).ShouldBe(TickReject.None);
    }

    /// <summary>The step is written down, and its orders have not left.</summary>
    public void TickUncommitted(double last) => Engine.OnTick(Harness.Source, Pta, Raw(last, 100), Clock).ShouldBe(TickReject.None);

    /// <summary>kill -9 and a start on what was durable up to a batch.</summary>
    public void Kill(long? durable = null) => Harness.Restart(DurableState.After(Harness.Journal.Batches, durable ?? Harness.Journal.Last), Clock);

    public StrategyView View(Guid id) => Engine.Snapshot(Clock).Strategies.Single(view => view.Instance.Id == id);

    public decimal Net => Engine.Snapshot(Clock).Accounts[0].Positions is [var position, ..] ? position.Long.Volume.Value - position.Short.Volume.Value : 0m;

    private RawTick Raw(double last, double depth)
    {
        Clock += TimeSpan.FromSeconds(0.5);
        return new() { Timestamp = Clock, LastPrice = last, BidPrice = last - 2, BidVolume = depth, AskPrice = last + 2, AskVolume = depth };
    }
}
