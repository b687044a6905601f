using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting;

/// <summary>What a strategy sees and does in a bar backtest: takes its orders in, and remembers what it has yet to be told.</summary>
internal sealed class BacktestContext : IStrategyContext
{
    /// <summary>A strategy that answers each refusal with another order would never end.</summary>
    private const int MostOrdersOfOneBar = 10_000;

    /// <summary>Ticks × steps stay far below the end of whole numbers.</summary>
    private const decimal MostSteps = 1_000_000_000_000m;

    private readonly BacktestLedger _ledger;
    private readonly Contract _contract;
    private readonly bool _stepIsOne;
    private readonly BacktestInstrument _instrument;
    private readonly List<StrategyOrder> _working = [];
    private readonly BlockLog<BacktestOrder>? _orders;
    private readonly List<BacktestLogLine>? _log;
    private readonly List<(string Name, long Due)> _timers = [];
    private int _number;
    private int _ofThisBar;
    private long _largestLimit = long.MaxValue;
    private long _largestMarket = long.MaxValue;
    private (decimal Volume, long Steps) _counted;

    public BacktestContext(Contract contract, PriceScale scale, BacktestLedger ledger, bool keepsDetail)
    {
        (_ledger, _contract, _stepIsOne) = (ledger, contract, contract.VolumeStep == 1m);
        _instrument = new(contract, scale, ledger, _working);
        Instruments = [_instrument];
        if (keepsDetail) (_orders, _log) = (new(), []);
    }

    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(At);
    public DateOnly TradingDay { get; set; }
    public bool IsWarmingUp { get; set; } = true;
    public IReadOnlyList<IStrategyInstrument> Instruments { get; }
    public decimal Equity => _ledger.EquityAt(_instrument.LastTicks);
    public decimal Available => Equity - _ledger.MarginAt(_instrument.LastTicks);
    public StrategyState State { get; } = new();

    public BacktestInstrument Instrument => _instrument;
    public List<StrategyOrder> Working => _working;
    public IReadOnlyList<BacktestOrder> Orders => (IReadOnlyList<BacktestOrder>?)_orders ?? [];
    public IReadOnlyList<BacktestLogLine> LogLines => _log ?? [];

    /// <summary>Orders that ended outside of a fill, to be told of when the present event is over.</summary>
    public Queue<StrategyOrder> Untold { get; } = [];

    /// <summary>Time of the event, milliseconds since 1970-01-01 UTC.</summary>
    public long At { get; set; }

    /// <summary>The first bar that may fill what is placed now.</summary>
    public int NextBar { get; private set; }

    public DailyLimits Limits { get; set; }
    public long NextTimer { get; private set; } = long.MaxValue;

    /// <summary>Null: orders are taken.</summary>
    public string? ClosedBecause { get; set; }

    /// <summary>Exchanges without market orders (0) get a limit order at the market instead.</summary>
    public void SetTerms(ContractTerms terms)
    {
        _largestLimit = StepsOfLargest(terms.LargestLimitOrder);
        _largestMarket = terms.LargestMarketOrder is > 0m ? StepsOfLargest(terms.LargestMarketOrder) : _largestLimit;
    }

    public void BeginBar(int next, long at) => (NextBar, At, _ofThisBar) = (next, at, 0);

    public StrategyOrder Place(in OrderIntent intent) => Place(intent, StepsOf(intent.Volume));

    public void Cancel(StrategyOrder order)
    {
        if (order.IsWorking) End(order, StrategyOrderState.Cancelled, OrderReasons.ByStrategy);
    }

    public void MoveTo(IStrategyInstrument instrument, decimal net)
    {
        for (var i = 0; i < _working.Count; i++) Cancel(_working[i]);
        var steps = StepsOf(Math.Abs(net));
        if (steps < 0)
        {
            Place(new(instrument, net > 0m ? OrderSide.Buy : OrderSide.Sell, Offset.Open, Math.Abs(net)));
            return;
        }
        var (longs, shorts) = net > 0m ? (steps, 0L) : (0L, steps);
        var (heldLong, heldShort) = (_ledger.Long.Steps, _ledger.Short.Steps);
        if (heldShort > shorts) Place(instrument, OrderSide.Buy, Offset.Close, heldShort - shorts);
        if (heldLong > longs) Place(instrument, OrderSide.Sell, Offset.Close, heldLong - longs);
        if (longs > heldLong) Place(instrument, OrderSide.Buy, Offset.Open, longs - heldLong);
        if (shorts > heldShort) Place(instrument, OrderSide.Sell, Offset.Open, shorts - heldShort);
    }

    /// <summary>Everything held is closed at the next price, whatever an order may hold at most; the strategy is not asked.</summary>
    public void Liquidate()
    {
        for (var i = 0; i < _working.Count; i++) Cancel(_working[i]);
        foreach (var leg in (ReadOnlySpan<BacktestLeg>)[_ledger.Long, _ledger.Short])
        {
            if (leg.Steps == 0) continue;
            var order = new StrategyOrder(++_number, new(_instrument, leg.Side.ClosingOrder(), Offset.Close, leg.Steps * _contract.VolumeStep)) { ActiveFrom = NextBar, Steps = leg.Steps };
            _orders?.Add(BacktestOrder.Of(order));
            _working.Add(order);
        }
    }

    public void SetTimer(string name, DateTimeOffset due)
    {
        _timers.RemoveAll(timer => timer.Name == name);
        _timers.Add((name, due.ToUnixTimeMilliseconds()));
        NextTimer = _timers.Min(timer => timer.Due);
    }

    /// <summary>The earliest timer that is due by now, which is then gone; null when none is.</summary>
    public string? TakeTimer()
    {
        if (NextTimer > At) return null;
        var (name, due) = _timers.MinBy(timer => timer.Due);
        _timers.Remove((name, due));
        NextTimer = _timers.Count == 0 ? long.MaxValue : _timers.Min(timer => timer.Due);
        return name;
    }

    public void Log(string message) => _log?.Add(new(Now, message));

    public void End(StrategyOrder order, StrategyOrderState state, string? reason)
    {
        (order.State, order.Reason) = (state, reason);
        Untold.Enqueue(order);
    }

    /// <summary>The next of the orders that ended, written down as it ended; null when there is none.</summary>
    public StrategyOrder? TakeUntold()
    {
        if (!Untold.TryDequeue(out var order)) return null;
        WriteDown(order);
        return order;
    }

    /// <summary>The run is over: what is still to be told of and what still works is written down as it stands.</summary>
    public void WriteDownTheRest()
    {
        while (TakeUntold() is not null) { }
        foreach (var order in _working) WriteDown(order);
    }

    private void WriteDown(StrategyOrder order)
    {
        if (_orders is { } orders) orders[order.Number - 1] = BacktestOrder.Of(order);
    }

    private void Place(IStrategyInstrument instrument, OrderSide side, Offset offset, long steps) =>
        Place(new(instrument, side, offset, _stepIsOne ? steps : steps * _contract.VolumeStep), steps);

    private StrategyOrder Place(in OrderIntent intent, long steps)
    {
        if (++_ofThisBar > MostOrdersOfOneBar) throw new InvalidOperationException($"More than {MostOrdersOfOneBar} orders on one bar.");
        var order = new StrategyOrder(++_number, intent) { ActiveFrom = NextBar, Steps = steps };
        _orders?.Add(BacktestOrder.Of(order));
        if (Refusal(order) is { } reason) End(order, StrategyOrderState.Rejected, reason);
        else _working.Add(order);
        return order;
    }

    /// <summary>A volume in whole steps; −1 when it is none. Strategies ask for the same one again and again.</summary>
    private long StepsOf(decimal volume)
    {
        if (volume == _counted.Volume) return _counted.Steps;
        var steps = Counted(volume);
        _counted = (volume, steps);
        return steps;
    }

    private long Counted(decimal volume)
    {
        if (volume is < 0m or > MostSteps) return -1;
        var steps = _stepIsOne ? volume : volume / _contract.VolumeStep;
        if (steps > MostSteps) return -1;
        var whole = (long)steps;
        return whole == steps ? whole : -1;
    }

    private string? Refusal(StrategyOrder order)
    {
        if (ClosedBecause is { } closed) return closed;
        if (IsWarmingUp) return OrderReasons.WarmingUp;
        if (order.Steps <= 0) return OrderReasons.VolumeOffStep(order.Volume, _contract.VolumeStep);
        if (order.Type != StrategyOrderType.Market && order.PriceTicks <= 0) return OrderReasons.PriceMissing;
        if (order.Type == StrategyOrderType.Limit && !Limits.Contains(order.PriceTicks)) return OrderReasons.OutsideLimits;
        return order.Steps > Largest(order) ? OrderReasons.TooLarge(order.Volume, Largest(order) * _contract.VolumeStep) : null;
    }

    private long Largest(StrategyOrder order) => order.Type == StrategyOrderType.Limit ? _largestLimit : _largestMarket;

    private long StepsOfLargest(decimal? volume) => volume is { } largest && largest / _contract.VolumeStep < MostSteps ? (long)(largest / _contract.VolumeStep) : long.MaxValue;
}

/// <summary>A line a strategy logged.</summary>
public sealed record BacktestLogLine(DateTimeOffset At, string Message);

/// <summary>涨跌停 of a day in ticks; 0 and <see cref="long.MaxValue"/>: none.</summary>
internal readonly record struct DailyLimits(long Lower, long Upper)
{
    public static DailyLimits None { get; } = new(0, long.MaxValue);

    public bool Contains(long ticks) => ticks >= Lower && ticks <= Upper;

    /// <summary>At the upper limit nobody sells, at the lower nobody buys.</summary>
    public bool Trades(OrderSide side, long ticks) => side == OrderSide.Buy ? ticks < Upper : ticks > Lower;

    public static DailyLimits Around(long settlement, decimal ratio) =>
        new((long)decimal.Ceiling(settlement * (1m - ratio)), (long)decimal.Floor(settlement * (1m + ratio)));
}

/// <summary>Why an order was refused or cancelled, with its numbers.</summary>
internal static class OrderReasons
{
    public const string WarmingUp = "warming up: no orders yet";
    public const string ByStrategy = "cancelled by the strategy";
    public const string PriceMissing = "a limit or stop order needs a price above zero";
    public const string OutsideLimits = "outside the day's price limits";
    public const string DayOver = "end of the trading day";
    public const string NothingToClose = "nothing to close";
    public const string RestNotHeld = "the rest is not held";
    public const string OneSideOnly = "the other side is held, and only one side can be";
    public const string RunOver = "the run is over";
    public const string Ruined = "no equity is left";

    public static string VolumeOffStep(decimal volume, decimal step) => string.Create(CultureInfo.InvariantCulture, $"volume {volume} is not a multiple of {step} above zero");

    public static string TooLarge(decimal volume, decimal largest) => string.Create(CultureInfo.InvariantCulture, $"volume {volume} is above the largest order of {largest}");

    public static string NotEnoughFunds(decimal needed, decimal available) =>
        string.Create(CultureInfo.InvariantCulture, $"not enough funds: {needed:0.00} needed, {available:0.00} available");
}
