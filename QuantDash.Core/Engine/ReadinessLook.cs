using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Everything that bears on one armed rule, gathered once, and what each check makes of it.</summary>
internal sealed class ReadinessLook
{
    /// <summary>A limit nearer to the level than this leaves no room to be filled.</summary>
    private const long NarrowTicks = 5;

    /// <summary>Days before the last trading day in which it is said.</summary>
    private const int LastDays = 3;
    private readonly QuoteView? _quote;
    private readonly PositionView _position;
    private readonly LegView _leg;
    private readonly Price? _level;
    private readonly bool _expires;

    private readonly PositionLock? _lock;
    private readonly Volume _taken;

    private ReadinessLook(AccountView account, RuleView view, PositionView position, QuoteView? quote, bool expires, PositionLock? held = null, Volume taken = default)
    {
        (Account, View, _position, _quote, _expires, _lock, _taken) = (account, view, position, quote, expires, held, taken);
        _leg = view.Rule.Direction == Side.Long ? position.Long : position.Short;
        var live = view.Conditions.Where(condition => condition.Live).OrderBy(condition => condition.Kind is not (ConditionKind.Stop or ConditionKind.Trailing)).ThenBy(condition => condition.DistanceTicks ?? long.MaxValue).ToList();
        var first = live.Count > 0 ? live[0] : null;
        IsStop = first?.Kind is ConditionKind.Stop or ConditionKind.Trailing;
        _level = first?.Level;
        Wanted = first is null ? Volume.Zero
            : LockVolume.Wanted(held is null ? _leg.Volume : held.Covered + view.State.DoneVolume, RuleConditions.RatioOf(view.Rule, first.Kind), view.State.DoneVolume, position.Contract.VolumeStep, view.Rule.LocksAtLeastOneLot);
        MarginNeeded = Needed();
    }

    public AccountView Account { get; }
    public RuleView View { get; }
    public bool IsStop { get; }
    public Volume Wanted { get; }
    public decimal? MarginNeeded { get; }

    /// <summary>Null for a rule whose account holds nothing of its contract: it waits for a leg.</summary>
    /// <param name="expires">False: its source overrides expiry, and its contracts never end.</param>
    public static ReadinessLook? At(RuleView view, AccountView account, PositionView position, QuoteView? quote, bool expires)
    {
        var look = new ReadinessLook(account, view, position, quote, expires);
        return look._leg.Volume.IsZero ? null : look;
    }

    /// <summary>Of an unlock rule: it takes from its lock and from nothing else.</summary>
    /// <param name="held">The lock.</param>
    /// <param name="taken">What others are unlocking of it.</param>
    public static ReadinessLook At(RuleView view, AccountView account, PositionView position, QuoteView? quote, bool expires, PositionLock held, Volume taken) =>
        new(account, view, position, quote, expires, held, taken);

    /// <param name="together">What all stops of the account need; null when not known.</param>
    public RuleReadiness Take(decimal? together) => new(
        View.Rule.Id, Account.Account.Id, View.Rule.Symbol, View.Rule.Direction, Wanted, MarginNeeded,
        [Session(), Feed(), Link(), Position(), OfVolume(), Margin(), Together(together), PriceLimit(), Expiry(), OrderSize()]);

    private bool Opens => View.Rule.Action == LockAction.Lock;

    private ReadinessFinding Session() => _quote is { Phase: not SessionPhase.Continuous } ? Found(ReadinessCheck.Session, ReadinessState.Waits, "session_closed") : Ready(ReadinessCheck.Session);

    private ReadinessFinding Feed() => _quote switch
    {
        null => Found(ReadinessCheck.Feed, ReadinessState.Blocked, "no_quote"),
        { Health: QuoteHealth.Stale } => Found(ReadinessCheck.Feed, ReadinessState.Blocked, "feed_stale"),
        _ => Ready(ReadinessCheck.Feed),
    };

    private ReadinessFinding Link()
    {
        if (!Account.LinkUp) return Found(ReadinessCheck.Link, ReadinessState.Blocked, "link_down");
        return Account.Bridge is { IsShut: true } ? Found(ReadinessCheck.Link, ReadinessState.Blocked, "not_reconciled") : Ready(ReadinessCheck.Link);
    }

    private ReadinessFinding Position() => _leg.Unconfirmed ? Found(ReadinessCheck.Position, ReadinessState.Blocked, "unconfirmed") : Ready(ReadinessCheck.Position);

    private ReadinessFinding OfVolume()
    {
        if (Wanted.IsZero) return View.State.DoneVolume.IsZero ? Found(ReadinessCheck.Volume, ReadinessState.Blocked, "below_one_lot", _leg.Volume.Value) : Found(ReadinessCheck.Volume, ReadinessState.Waits, "all_done");
        var left = _lock is { } held ? held.Covered.Minus(_taken) : Opens ? _leg.LockableVolume : _leg.ClosableVolume;
        if (left.IsZero) return Found(ReadinessCheck.Volume, ReadinessState.Blocked, "nothing_left", Wanted.Value);
        return left < Wanted ? Found(ReadinessCheck.Volume, ReadinessState.Doubtful, "less_left", Wanted.Value, left.Value) : Ready(ReadinessCheck.Volume);
    }

    private ReadinessFinding Margin()
    {
        if (_lock is not null) return Exposure();
        if (!Opens || MarginNeeded is 0m) return Ready(ReadinessCheck.Margin);
        if (MarginNeeded is not { } needed || Account.Funds.Available is not { } available) return Found(ReadinessCheck.Margin, ReadinessState.Doubtful, "margin_unknown");
        return available < needed ? Found(ReadinessCheck.Margin, ReadinessState.Blocked, "margin_short", needed, available) : Ready(ReadinessCheck.Margin);
    }

    /// <summary>An unlock adds exposure: a stopped account takes none, nor does one without funds.</summary>
    private ReadinessFinding Exposure()
    {
        if (Account.Account.Halt is not null) return Found(ReadinessCheck.Margin, ReadinessState.Blocked, "halted");
        return Account.Funds.Available is { } available and < 0m ? Found(ReadinessCheck.Margin, ReadinessState.Blocked, "no_funds", available) : Ready(ReadinessCheck.Margin);
    }

    private ReadinessFinding Together(decimal? together) => IsStop && Opens && Account.Funds.Available is { } available && together > available
        ? Found(ReadinessCheck.Together, ReadinessState.Doubtful, "together_short", together.Value, available)
        : Ready(ReadinessCheck.Together);

    /// <summary>What guards a long leg sells, and at the lower limit nobody buys; a short leg the other way.</summary>
    private ReadinessFinding PriceLimit()
    {
        if (_quote is not { } quote) return Ready(ReadinessCheck.PriceLimit);
        var isLong = View.Rule.Direction == Side.Long;
        var limit = isLong ? quote.Tick.LowerLimitTicks : quote.Tick.UpperLimitTicks;
        if (limit == 0) return Ready(ReadinessCheck.PriceLimit);
        var room = isLong ? quote.Tick.LastTicks - limit : limit - quote.Tick.LastTicks;
        if (room <= 0) return Found(ReadinessCheck.PriceLimit, ReadinessState.Doubtful, "at_limit", limit * quote.Contract.PriceTick);
        if (!IsStop || _level is not { } level) return Ready(ReadinessCheck.PriceLimit);
        var behind = isLong ? quote.Contract.TicksAtOrBelow(level) - limit : limit - quote.Contract.TicksAtOrAbove(level);
        if (behind < 0) return Found(ReadinessCheck.PriceLimit, ReadinessState.Waits, "beyond_limit", level.Value, limit * quote.Contract.PriceTick);
        return behind < NarrowTicks ? Found(ReadinessCheck.PriceLimit, ReadinessState.Doubtful, "near_limit", behind, limit * quote.Contract.PriceTick) : Ready(ReadinessCheck.PriceLimit);
    }

    private ReadinessFinding Expiry()
    {
        if (!_expires || _position.Contract.LastTradingDay is not { } last || _quote?.TradingDay is not { } today) return Ready(ReadinessCheck.Expiry);
        var left = last.DayNumber - today.DayNumber;
        if (left < 0) return Found(ReadinessCheck.Expiry, ReadinessState.Blocked, "expired");
        return left <= LastDays ? Found(ReadinessCheck.Expiry, ReadinessState.Doubtful, "last_days", left) : Ready(ReadinessCheck.Expiry);
    }

    private ReadinessFinding OrderSize() => _position.Terms is { } terms && OrderSizes.Largest(terms, OrderType.Limit, _position.Contract.VolumeStep) is { } largest && Wanted > largest
        ? Found(ReadinessCheck.OrderSize, ReadinessState.Ready, "in_orders", Wanted.Value, OrderSizes.Count(Wanted, largest), largest.Value)
        : Ready(ReadinessCheck.OrderSize);

    private decimal? Needed()
    {
        if (!Opens) return 0m;
        if (_position.Terms is not { } terms || (_level ?? _quote?.Last) is not { } price) return null;
        var rate = View.Rule.Direction == Side.Long ? terms.ShortMargin : terms.LongMargin;
        return (_position.Contract.NotionalOf(price, Wanted).Amount * rate.Value) + TradeFees.Open(terms.Fees, _position.Contract, price, Wanted);
    }

    private static ReadinessFinding Ready(ReadinessCheck check) => new(check, ReadinessState.Ready);

    private static ReadinessFinding Found(ReadinessCheck check, ReadinessState state, string why, params IReadOnlyList<decimal> values) => new(check, state, why, values);
}
