using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Trades that a program beside the counter tells: those of our orders move them, those made elsewhere move the legs, each once.</summary>
internal sealed class TradeIntake(ChangeLog changes, OrderDesk orders, BookKeeper keeper, MarketBook market, OutsideLegs outside, LockShrinker locks, PairDesk pairs)
{
    private readonly TradeCorrections _corrections = new(changes);
    private readonly VenueTimes _times = new(changes);

    public TradesTaken Take(AccountBook account, IReadOnlyList<ToldTrade> trades, Func<Symbol, SymbolLane> lanes, Func<SymbolLane, DateTimeOffset> clock, DateTimeOffset now)
    {
        var booked = 0;
        var unknown = new List<ClientOrderId>();
        var elsewhere = new List<ToldTrade>();
        foreach (var trade in trades.OrderBy(trade => trade.Timestamp))
        {
            var ours = trade.OrderId is { } id && orders.Known(id) is { } order && IsOf(order, account, trade) ? order : null;
            if (ours is null && trade.OrderId is { } stranger && !unknown.Contains(stranger)) unknown.Add(stranger);
            var lane = lanes(trade.Symbol);
            var fill = AsBooked(account, FillOf(account, lane, trade, ours, account.Source.Now(now)), trade.OrderId?.TradingDay, market.TradingDayAt(lane, trade.Timestamp));
            if (account.SeenTrades.Contains(fill))
            {
                // What was booked as two was told as one.
                if (!account.SeenTrades.Contains(OfToday(fill))) _corrections.Look(account, fill, clock(lane));
                continue;
            }
            booked++;
            if (ours is not null)
            {
                OfOurOrder(account, ours, fill, clock, now);
                continue;
            }
            foreach (var part in trade.Offset is null ? AsMeant(account, lane, fill) : [fill]) MadeElsewhere(account, lane, part, clock(lane));
            elsewhere.Add(trade with { Timestamp = fill.OccurredAt });
        }
        return new(booked, trades.Count - booked, unknown) { Elsewhere = elsewhere };
    }

    private static bool IsOf(Order order, AccountBook account, ToldTrade trade) =>
        order.AccountId == account.Id && order.Symbol == trade.Symbol && order.Side == trade.Side;

    private void OfOurOrder(AccountBook account, Order order, Fill fill, Func<SymbolLane, DateTimeOffset> clock, DateTimeOffset now)
    {
        orders.Report(new()
        {
            OrderId = order.Id, Status = ReportStatus.PartiallyFilled, Fill = fill, VenueOrderId = order.VenueOrderId ?? $"BRIDGE-{order.Id}", OccurredAt = fill.OccurredAt,
        });
        orders.Drain(clock);
        if (account.Venue is IBridgeLink link) link.Answered(order.Id, orders.Find(order.Id), keepAsking: false, now);
    }

    private void MadeElsewhere(AccountBook account, SymbolLane lane, Fill fill, DateTimeOffset now)
    {
        account.SeenTrades.Add(fill);
        var held = !account.Ledger.Leg(fill.Symbol, fill.LegSide).Volume.IsZero;
        var booked = keeper.Book(account, lane, fill, now);
        changes.Tell(now, TapeSeverity.Info, "trade.elsewhere", new(account.Id, fill.Symbol), fill.Volume.ToString(), fill.Price.ToString());
        if (booked.LockedTaken.Count > 0) locks.Break(account, lane, booked.LockedTaken, now);
        pairs.Notice(account, fill.Symbol, now);
        var becameFlat = held && account.Ledger.Leg(fill.Symbol, fill.LegSide).Volume.IsZero;
        outside.Changed(account.Id, fill.Symbol, becameFlat ? [fill.LegSide] : [], now);
    }

    /// <summary>A trade of an order that outlived its day is booked under the order's day, or under its own where we did not know whose it was: told the other way it is the
    /// same trade.</summary>
    private static Fill AsBooked(AccountBook account, Fill fill, params IReadOnlyList<DateOnly?> days)
    {
        if (account.SeenTrades.Contains(fill)) return fill;
        foreach (var day in days.OfType<DateOnly>())
        {
            var other = fill with { TradingDay = day };
            if (account.SeenTrades.Contains(other)) return other;
        }
        return fill;
    }

    private Fill FillOf(AccountBook account, SymbolLane lane, ToldTrade trade, Order? ours, DateTimeOffset now)
    {
        var isTimeBelieved = _times.AreBelieved(account, trade.Timestamp, now);
        return new()
        {
            TradeId = trade.TradeId,
            AccountId = account.Id,
            Symbol = trade.Symbol,
            // By its own time, believed or not: told again at another time it is the same trade.
            TradingDay = ours?.TradingDay ?? market.TradingDayAt(lane, trade.Timestamp),
            Side = trade.Side,
            Offset = ours?.Offset ?? trade.Offset ?? Offset.Open, // Not told: AsMeant says.
            Price = trade.Price,
            Volume = trade.Volume,
            OccurredAt = isTimeBelieved ? trade.Timestamp : now,
            NotBefore = isTimeBelieved ? null : ours?.CreatedAt ?? DateTimeOffset.MinValue,
            OrderId = ours?.Id,
        };
    }

    /// <summary>Told without an offset it closes what is held on the other side, else it opens. Where the exchange tells today's lots from older ones it closes those that are there,
    /// the older first, and what takes both is booked as two: with the wrong age a lot would be made up for it, and the real ones would stay.</summary>
    private IEnumerable<Fill> AsMeant(AccountBook account, SymbolLane lane, Fill fill)
    {
        var (today, older) = Closable(account, fill);
        if (today + older < fill.Volume) return [fill with { Offset = Offset.Open }];
        return OffsetPlanner.PlanClose(fill.Volume, today, older, keeper.TermsOf(lane))
            .Select((part, i) => (i == 0 ? fill : OfToday(fill)) with { Offset = part.Offset, Volume = part.Volume });
    }

    /// <summary>What the leg against it holds, with what a snapshot took of it that may have been this very trade.</summary>
    private static (Volume Today, Volume Older) Closable(AccountBook account, Fill fill)
    {
        var side = fill.Side == OrderSide.Buy ? Side.Short : Side.Long;
        var leg = account.Ledger.Leg(fill.Symbol, side);
        var (today, older) = (leg.TodayVolume, leg.YesterdayVolume);
        foreach (var share in LateFills.Of(account, (fill.Symbol, side, false)).Where(share => (fill.NotBefore ?? fill.OccurredAt) <= share.TakenAt))
        {
            if (share.OpenedOn < account.Ledger.TradingDay) older += share.Volume;
            else today += share.Volume;
        }
        return (today, older);
    }

    /// <summary>The second part of a trade that closed lots of both ages.</summary>
    private static Fill OfToday(Fill fill) => fill with { TradeId = $"{fill.TradeId}-today" };
}
