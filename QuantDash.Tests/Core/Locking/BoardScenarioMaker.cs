using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Markets;

namespace QuantDash.Tests.Core.Locking;

/// <summary>Makes a scenario out of one number: a path of trends, ranges, jumps, gaps and flat stretches, and rules near it that come and go.</summary>
internal sealed class BoardScenarioMaker
{
    private static readonly (decimal Tick, decimal Multiplier)[] Contracts = [(0.2m, 300m), (1m, 10m), (2m, 5m), (0.02m, 1000m), (0.0001m, 1m), (5m, 5m)];

    private readonly Random _random;
    private readonly Contract _contract;
    private readonly List<BoardEvent> _events = [];
    private readonly List<Guid> _ids = [];
    private readonly int _reach;
    private DateTimeOffset _now = MarketSamples.Noon;
    private long _price;
    private long _sequence;
    private int _drift;
    private int _swing = 2;

    private BoardScenarioMaker(int seed)
    {
        _random = new Random(seed);
        var (tick, multiplier) = Pick(Contracts);
        _contract = MarketSamples.Contract(priceTick: tick, multiplier: multiplier);
        _reach = Pick([4, 12, 40]);
        _price = _random.Next(3 * _reach, 6000);
    }

    public static BoardScenario Make(int seed) => new BoardScenarioMaker(seed).Run();

    private BoardScenario Run()
    {
        var isLarge = Chance(50);
        var rules = isLarge ? 60 : _random.Next(1, 12);
        var ticks = isLarge ? 250 : _random.Next(10, 70);
        for (var i = 0; i < rules; i++) Arm();
        for (var i = 0; i < ticks; i++)
        {
            if (Chance(12)) Arm();
            if (Chance(25)) _events.Add(new BoardEvent.Disarmed(Pick(_ids)));
            if (Chance(15)) ChangeWeather();
            if (Chance(8)) _events.Add(new BoardEvent.Decayed(Pick(_ids), Threshold()));
            if (Chance(8)) _events.Add(new BoardEvent.Ranged(Pick(_ids), Off(_random.Next(1, _reach + 1))));
            Move();
        }
        return new(_contract, _events);
    }

    private void ChangeWeather() => (_drift, _swing) = _random.Next(5) switch
    {
        0 => (1, 1),
        1 => (-1, 1),
        2 => (0, 3),
        3 => (_random.Next(-2, 3), _reach / 2),
        _ => (0, 0),
    };

    private void Move()
    {
        var jump = Chance(30) ? _random.Next(-3 * _reach, (3 * _reach) + 1) : 0;
        _price = Math.Max(2, _price + _drift + jump + _random.Next(-_swing, _swing + 1));
        if (!Chance(6)) _now = _now.AddMilliseconds(500);
        _events.Add(new BoardEvent.Ticked(new Tick
        {
            OccurredAt = _now,
            ReceivedAt = _now,
            LastTicks = _price,
            BidTicks = Chance(8) ? 0 : Math.Max(1, _price - _random.Next(0, 3)),
            AskTicks = Chance(8) ? 0 : _price + _random.Next(0, 3),
            MarkTicks = Chance(3) ? 0 : Math.Max(1, _price + _random.Next(-3, 4)),
        }));
    }

    private void Arm()
    {
        var isKnown = _ids.Count > 0 && Chance(4);
        var id = isKnown ? Pick(_ids) : NewId();
        if (!isKnown) _ids.Add(id);
        var side = Pick([Side.Long, Side.Short]);
        var rule = Rule(id, side);
        var since = _random.Next(5) switch { 0 => _now, 1 => _now.AddMilliseconds(_random.Next(1, 3000)), _ => DateTimeOffset.MinValue };
        Price? best = Chance(2) ? _contract.PriceAt(Math.Max(1, _price + (side.Sign() * _random.Next(-_reach / 2, _reach)))) : null;
        _events.Add(new BoardEvent.Armed(new(rule, Leg(side), ++_sequence, since, best, Awake: Chance(3), AwaitFalse: Chance(4))));
    }

    private LockRule Rule(Guid id, Side side)
    {
        var mode = Pick([TrailingMode.Price, TrailingMode.Ratio]);
        return new()
        {
            Id = id,
            AccountId = default,
            Symbol = _contract.Symbol,
            Direction = side,
            TriggerType = Pick([TriggerType.Profit, TriggerType.Price, TriggerType.Trailing]),
            Also = Chance(3) ? [TriggerType.Trailing, TriggerType.Profit] : [],
            ProfitLockEnabled = !Chance(10),
            ProfitLockThreshold = Chance(10) ? null : Threshold(),
            TriggerPrice = Near(side.Sign(), chanceOfNone: 10),
            StopLossPrice = Near(-side.Sign(), chanceOfNone: 3),
            TrailingStop = !Chance(10),
            TrailingMode = mode,
            TrailingDistance = mode == TrailingMode.Price ? Off(_random.Next(1, _reach + 1)) : Math.Round(_random.Next(1, _reach + 1) / (decimal)_price, 5) + 0.00001m,
            TrailingActivation = Near(side.Sign(), chanceOfNone: 2),
            PriceSource = Pick([PriceSource.Last, PriceSource.Last, PriceSource.BidAsk, PriceSource.Mark]),
            ConfirmTicks = _random.Next(1, 4),
            CreatedAt = _now,
            UpdatedAt = _now,
        };
    }

    private decimal Threshold() => _random.Next(-_reach, 2 * _reach) * _contract.PriceTick * _contract.Multiplier * Pick([1m, 0.7m, 3.3m]);

    /// <summary>Some lots opened near here; now and then at a price nobody told us.</summary>
    private LegFacts Leg(Side side)
    {
        var step = Pick([1m, 1m, 0.005m]);
        decimal volume = 0, cost = 0;
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            var lots = _random.Next(1, 20) * step;
            volume += lots;
            cost += lots * (_price + _random.Next(-_reach, _reach)) * _contract.PriceTick;
        }
        return new(side, new Volume(volume), new Volume(volume), Chance(12) ? null : cost);
    }

    /// <summary>A price mostly on the given side of the market; one in four lies between two ticks, as a trader may type it.</summary>
    private Price? Near(int direction, int chanceOfNone)
    {
        if (Chance(chanceOfNone)) return null;
        var distance = Chance(6) ? _random.Next(-_reach, 1) : _random.Next(1, _reach + 1);
        return new(Off(Math.Max(1, _price + (direction * distance))));
    }

    private decimal Off(long ticks) => (ticks * _contract.PriceTick) + (Chance(4) ? _contract.PriceTick * 0.3m : 0m);

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new(bytes);
    }

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
