using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Which limits an order is held to.</summary>
[Flags]
internal enum LimitChecks
{
    None = 0,

    /// <summary>Lots and money of the order itself.</summary>
    Size = 1,

    /// <summary>Its price, the position and exposure that it makes, and the loss of the day.</summary>
    Exposure = 2,
    Risk = Size | Exposure,

    /// <summary>How many opened today.</summary>
    Count = 4,
    Rate = 8,

    /// <summary>Whether it was given already a moment ago.</summary>
    Duplicate = 16,
}

/// <summary>An order that is about to go out.</summary>
/// <param name="Limit">Null: at the market.</param>
/// <param name="Instead">A working order that ends before it goes out.</param>
internal readonly record struct PlannedTrade(AccountBook Account, SymbolLane Lane, OrderSide Side, bool Opens, Volume Volume, Price? Limit, Order? Instead = null);

/// <summary>Holds orders that add exposure to their account's limits, on the trading thread, in the same step in which they are intended: no two orders can use the same room. What
/// reduces |net| is never held up. A limit that cannot be worked out refuses: unknown is not zero.</summary>
internal sealed class PreTradeCheck(EngineOptions options)
{
    private static readonly IReadOnlyList<Problem> Passed = [];
    private readonly LimitBook _defaults = new([], options.DefaultLimits);
    private readonly LimitBook _none = new([], RiskLimits.None);

    /// <summary>What was set for it. The defaults are about seconds of the clock on the wall: a feed that is the clock may stand still while orders come.</summary>
    public LimitBook Of(AccountBook account) => account.Limits ?? (account.Source.IsReplay ? _none : _defaults);

    /// <summary>Every limit in the way of an order; none: it may go.</summary>
    public IReadOnlyList<Problem> Refusals(in PlannedTrade trade, LimitChecks checks, DateTimeOffset now)
    {
        var limits = Of(trade.Account).For(trade.Lane.Symbol);
        if (checks == LimitChecks.None || limits == RiskLimits.None) return Passed;
        var before = ExposureReach.Of(trade.Account, trade.Lane.Symbol, trade.Instead);
        var (reach, after) = (before.Towards(trade.Side), before.With(trade.Side, trade.Volume.Value));
        if (Math.Abs(after.Towards(trade.Side)) <= Math.Abs(reach)) return Passed;
        var found = new List<Problem>();
        if (checks.HasFlag(LimitChecks.Size)) Size(trade, limits, found);
        if (checks.HasFlag(LimitChecks.Exposure))
        {
            Band(trade, limits, found);
            Position(trade, limits, after, found);
            Loss(trade, limits, found);
        }
        if (checks.HasFlag(LimitChecks.Duplicate)) Duplicate(trade, limits, now, found);
        if (checks.HasFlag(LimitChecks.Rate)) Rate(trade, limits, now, found);
        if (checks.HasFlag(LimitChecks.Count) && trade.Opens) Count(trade, limits, now, found);
        return found;
    }

    /// <summary>The account's limits, and how much of them is used.</summary>
    public RiskView View(AccountBook account, DateTimeOffset now)
    {
        var (limits, clock) = (Of(account), account.Source.Now(now));
        var contracts = ExposureReach.Of(account).OrderBy(entry => entry.Key).Select(entry => new ContractUse(entry.Key, entry.Value.Net, entry.Value.Most, ValueOf(account, entry.Key, entry.Value.Most))).ToList();
        var day = account.Ledger.TradingDay is { } known ? account.Counts.Openings(known) : 0;
        return new(limits.Whole, limits.Own is null, limits.Contracts, new(contracts, LossOf(account, null), day, account.Counts.LastSecond(clock), account.Counts.LastMinute(clock)));
    }

    private static void Size(in PlannedTrade trade, RiskLimits limits, List<Problem> found)
    {
        if (limits.MaxOrderVolume is { } most && trade.Volume > most) found.Add(new("volume", "exceeds_order_volume", trade.Volume, most));
        if (limits.MaxOrderSize is not { } value) return;
        if (PriceOf(trade) is not { } price) found.Add(NotKnown("max_order_size", trade));
        else if (price.Value * trade.Volume.Value * trade.Lane.Contract.Multiplier is var asked && asked > value) found.Add(new("volume", "exceeds_order_value", asked, value));
    }

    /// <summary>Only on the side on which it would pay more than the market: what is far on the other side waits.</summary>
    private static void Band(in PlannedTrade trade, RiskLimits limits, List<Problem> found)
    {
        if (trade.Limit is not { } price || (limits.PriceBand is null && limits.PriceBandTicks is null)) return;
        if (trade.Lane is not { HasTick: true, Stale: false, LastPrice: { } last })
        {
            found.Add(NotKnown("price_band", trade));
            return;
        }
        var room = Math.Min(limits.PriceBand is { } share ? last.Value * share.Value : decimal.MaxValue, limits.PriceBandTicks is { } ticks ? ticks * trade.Lane.Contract.PriceTick : decimal.MaxValue);
        var furthest = trade.Side == OrderSide.Buy ? last.Value + room : last.Value - room;
        if (trade.Side == OrderSide.Buy ? price.Value > furthest : price.Value < furthest) found.Add(new("price", "beyond_price_band", price.Value, furthest, last.Value));
    }

    private static void Position(in PlannedTrade trade, RiskLimits limits, ExposureReach after, List<Problem> found)
    {
        var (account, symbol) = (trade.Account, trade.Lane.Symbol);
        var net = Math.Abs(after.Towards(trade.Side));
        if (limits.MaxPosition is { } most && net > most.Value) found.Add(new("volume", "exceeds_position", new Volume(net), most));
        if (limits.MaxPositionPerSymbol is { } value)
        {
            if (ValueOf(trade, net) is not { } asked) found.Add(NotKnown("max_position_per_symbol", trade));
            else if (asked > value) found.Add(new("volume", "exceeds_position_value", asked, value));
        }
        if (limits.MaxTotalExposure is not { } total) return;
        var sum = ValueOf(trade, after.Most);
        foreach (var (other, reach) in ExposureReach.Of(account, trade.Instead))
            if (other != symbol) sum += ValueOf(account, other, reach.Most);
        if (sum is not { } together) found.Add(NotKnown("max_total_exposure", trade));
        else if (together > total) found.Add(new("volume", "exceeds_total_exposure", together, total));
    }

    private static void Loss(in PlannedTrade trade, RiskLimits limits, List<Problem> found)
    {
        if (limits.MaxDailyLoss is not { } most) return;
        if (LossOf(trade.Account, trade.Lane) is not { } loss) found.Add(NotKnown("max_daily_loss", trade));
        else if (loss >= most) found.Add(new("account_id", "daily_loss_reached", loss, most));
    }

    private static void Duplicate(in PlannedTrade trade, RiskLimits limits, DateTimeOffset now, List<Problem> found)
    {
        if (limits.DuplicateWindow is not { } window) return;
        if (trade.Account.Counts.SinceSame(trade.Lane.Symbol, trade.Side, trade.Opens, trade.Limit, trade.Volume, window, now) is { } since)
            found.Add(new("volume", "duplicate_order", Seconds(since), Seconds(window)));
    }

    private static void Rate(in PlannedTrade trade, RiskLimits limits, DateTimeOffset now, List<Problem> found)
    {
        var counts = trade.Account.Counts;
        if (limits.MaxOrdersPerSecond is { } second && counts.LastSecond(now) + 1 is var fast && fast > second) found.Add(new("account_id", "exceeds_orders_per_second", fast, second));
        if (limits.MaxOrdersPerMinute is { } minute && counts.LastMinute(now) + 1 is var many && many > minute) found.Add(new("account_id", "exceeds_orders_per_minute", many, minute));
    }

    private static void Count(in PlannedTrade trade, RiskLimits limits, DateTimeOffset now, List<Problem> found)
    {
        if (limits.MaxDailyTrades is { } most && trade.Account.Counts.Openings(OrderDesk.TradingDayOf(trade.Lane, now)) + 1 is var asked && asked > most)
            found.Add(new("account_id", "exceeds_daily_trades", asked, most));
    }

    /// <summary>What an order would cost: its limit, the price it meets, or the last one.</summary>
    private static Price? PriceOf(in PlannedTrade trade)
    {
        if (trade.Limit is { } limit) return limit;
        if (!trade.Lane.HasTick) return null;
        var opposing = trade.Side == OrderSide.Buy ? trade.Lane.Last.AskTicks : trade.Lane.Last.BidTicks;
        return opposing > 0 ? trade.Lane.Contract.PriceAt(opposing) : trade.Lane.LastPrice;
    }

    private static decimal? ValueOf(in PlannedTrade trade, decimal volume) => (trade.Lane.LastPrice ?? trade.Limit)?.Value * volume * trade.Lane.Contract.Multiplier;

    private static decimal? ValueOf(AccountBook account, Symbol symbol, decimal volume)
    {
        if (volume == 0m) return 0m;
        return (account.Source.Find(symbol)?.LastPrice ?? account.Ledger.MarkOf(symbol))?.Value * volume * account.Ledger.ContractOf(symbol).Multiplier;
    }

    /// <summary>Since the day began. A day that has begun without being settled yet, for an account that holds nothing, has lost nothing.</summary>
    private static decimal? LossOf(AccountBook account, SymbolLane? lane)
    {
        var funds = account.Ledger.Funds();
        if (lane?.Window is { } window && funds.TradingDay < window.TradingDay && account.Ledger.Symbols.Count == 0) return 0m;
        return funds.StaticEquity + funds.CashFlowToday - funds.Equity;
    }

    private static Problem NotKnown(string limit, in PlannedTrade trade) => new("symbol", "limit_not_known", limit, trade.Lane.Symbol);

    private static decimal Seconds(TimeSpan time) => decimal.Round((decimal)time.TotalSeconds, 3);
}
