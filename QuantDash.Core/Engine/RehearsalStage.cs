using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>One scenario played on an engine of its own.</summary>
internal sealed class RehearsalStage(RehearsalBooks books, RehearsalScenario scenario, RehearsalRequest request, ContractCatalog catalog, TradingCalendar calendar, EngineOptions options)
{
    private const double Plenty = 1_000_000_000;
    private const int IdMark = 0x72656872;

    /// <summary>When the scenario's price comes again after the first tick of today's: long enough to agree with a jump, and for an order to be followed.</summary>
    private static readonly double[] Seconds = [1, 1.5, 3, 5];

    public RehearsalOutcome Play()
    {
        var journal = new InMemoryJournal(IdMark);
        var engine = new TradingEngine(catalog, calendar, journal, journal, options);
        var start = books.Quotes.Select(quote => quote.TradableAt).OfType<DateTimeOffset>().DefaultIfEmpty(DateTimeOffset.UnixEpoch).Min();
        engine.Recover(books.State, start);
        journal.Commit(engine);
        var moved = books.Quotes.Where(quote => quote.TradableAt is not null).Select(quote => (Quote: quote, Tick: Moved(quote))).ToList();
        var before = Before(engine, moved.Select(item => item.Quote), journal, start);
        foreach (var (quote, tick, at) in moved.Where(item => item.Tick is not null).SelectMany(item => Seconds.Select(second => (item.Quote, Tick: item.Tick!.Value, At: item.Quote.TradableAt!.Value.AddSeconds(second)))).OrderBy(item => item.At))
            Send(engine, journal, quote, tick with { Timestamp = at });
        return Told(before, engine.Snapshot(start), [.. moved.Where(item => item.Tick is not null).Select(item => item.Quote)]);
    }

    /// <summary>Today's prices first: what fires at them fires without any scenario.</summary>
    private EngineSnapshot Before(TradingEngine engine, IEnumerable<RehearsalQuote> quotes, InMemoryJournal journal, DateTimeOffset start)
    {
        foreach (var quote in quotes.OrderBy(quote => quote.TradableAt)) Send(engine, journal, quote, quote.Tick with { Timestamp = quote.TradableAt!.Value, Volume = null, OpenInterest = null });
        return engine.Snapshot(start);
    }

    private void Send(TradingEngine engine, InMemoryJournal journal, RehearsalQuote quote, in RawTick tick)
    {
        engine.OnTick(books.State.Sources[0].Name, quote.Contract.Symbol, tick, tick.Timestamp);
        journal.Commit(engine);
    }

    /// <summary>What is quoted in the scenario; null where nobody knows.</summary>
    private RawTick? Moved(RehearsalQuote quote)
    {
        var (last, step) = (quote.Tick.LastPrice, (double)quote.Contract.PriceTick);
        var (lower, upper) = (Limit(quote, -1), Limit(quote, 1));
        return scenario switch
        {
            RehearsalScenario.MarginStep => quote.Tick with { Volume = null, OpenInterest = null },
            RehearsalScenario.GapDown => Liquid(quote, Math.Max(OnTick(quote, last * (1 - (double)request.Gap.Value)), lower ?? step)),
            RehearsalScenario.GapUp => Liquid(quote, Math.Min(OnTick(quote, last * (1 + (double)request.Gap.Value)), upper ?? double.MaxValue)),
            RehearsalScenario.LimitDown => lower is { } floor ? Shown(quote, floor) with { AskPrice = floor, AskVolume = Plenty } : (RawTick?)null,
            RehearsalScenario.LimitUp => upper is { } ceiling ? Shown(quote, ceiling) with { BidPrice = ceiling, BidVolume = Plenty } : (RawTick?)null,
        };
    }

    private static RawTick Shown(RehearsalQuote quote, double price) => new() { Timestamp = quote.TradableAt!.Value, LastPrice = price, UpperLimit = quote.Tick.UpperLimit, LowerLimit = quote.Tick.LowerLimit };

    private static RawTick Liquid(RehearsalQuote quote, double price) => Shown(quote, price) with { BidPrice = price, BidVolume = Plenty, AskPrice = price, AskVolume = Plenty };

    private static double? Limit(RehearsalQuote quote, int sign)
    {
        if ((sign < 0 ? quote.Tick.LowerLimit : quote.Tick.UpperLimit) is { } told and > 0) return told;
        return quote.PriceLimit is { } share ? OnTick(quote, quote.Tick.LastPrice * (1 + (sign * (double)share.Value))) : null;
    }

    private static double OnTick(RehearsalQuote quote, double price) => (double)quote.Contract.PriceAt(Math.Max(1, (long)Math.Round(price / (double)quote.Contract.PriceTick))).Value;

    private RehearsalOutcome Told(EngineSnapshot before, EngineSnapshot after, IReadOnlyList<RehearsalQuote> moved)
    {
        var (then, now) = (before.Accounts.Single(Own), after.Accounts.Single(Own));
        var known = books.State.Locks.Select(one => one.Id).ToHashSet();
        return new(
            scenario, then.Funds, now.Funds,
            [.. moved.Select(quote => new RehearsedPrice(quote.Contract.Symbol, new((decimal)quote.Tick.LastPrice), PriceOf(after, quote.Contract)))],
            [.. books.Quotes.Where(quote => !moved.Contains(quote)).Select(quote => quote.Contract.Symbol)],
            [.. books.State.Rules.Where(rule => rule.IsEnabled).Select(rule => RuleIn(rule, after))],
            [.. after.Locks.Select(one => new RehearsedLock(one.Id, one.Symbol, one.LockedSide, one.Covered, one.FrozenProfit, one.Status, !known.Contains(one.Id)))],
            [.. Legs(then, now)]);
    }

    private bool Own(AccountView account) => account.Account.Id == books.AccountId;

    private static Price PriceOf(EngineSnapshot snapshot, Contract contract) => snapshot.Quotes.First(quote => quote.Contract.Symbol == contract.Symbol).Last;

    private static RehearsedRule RuleIn(LockRule rule, EngineSnapshot after)
    {
        var fired = after.Triggers.FirstOrDefault(trigger => trigger.ConfigId == rule.Id);
        return new(rule.Id, rule.Symbol, rule.Direction, DeedOf(fired), fired?.Condition, fired?.LockVolume ?? Volume.Zero, fired?.FilledVolume ?? Volume.Zero, fired?.ErrorMessage);
    }

    private static RehearsedDeed DeedOf(LockTrigger? fired) => fired?.Status switch
    {
        null => RehearsedDeed.Nothing,
        TriggerStatus.WaitingConfirm => RehearsedDeed.Asks,
        TriggerStatus.Executed => RehearsedDeed.Done,
        TriggerStatus.PartiallyExecuted => RehearsedDeed.InPart,
        TriggerStatus.Pending or TriggerStatus.Executing => RehearsedDeed.Works,
        TriggerStatus.Failed or TriggerStatus.Cancelled or TriggerStatus.Expired => RehearsedDeed.Failed,
        _ => throw new InvalidOperationException($"Unknown status {fired!.Status}."),
    };

    private static IEnumerable<RehearsedLeg> Legs(AccountView then, AccountView now) =>
        from symbol in then.Positions.Concat(now.Positions).Select(position => position.Contract.Symbol).Distinct().Order()
        from side in Enum.GetValues<Side>()
        let was = LegOf(then, symbol, side)
        let becomes = LegOf(now, symbol, side)
        where was is { Volume.IsZero: false } || becomes is { Volume.IsZero: false }
        select new RehearsedLeg(symbol, side, was?.Volume ?? Volume.Zero, becomes?.Volume ?? Volume.Zero, was?.FloatingPnl, becomes?.FloatingPnl);

    private static LegView? LegOf(AccountView account, Symbol symbol, Side side) =>
        account.Positions.FirstOrDefault(position => position.Contract.Symbol == symbol) is { } position ? (side == Side.Long ? position.Long : position.Short) : null;
}
