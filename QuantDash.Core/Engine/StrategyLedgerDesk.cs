using QuantDash.Core.Hosting;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Engine;

/// <summary>Whose lots are whose: books of strategies follow their trades, are held against the account, and begin anew with each trading day.</summary>
internal sealed class StrategyLedgerDesk(ChangeLog changes, StrategyRegister register, StrategyOrderDesk orders, BookKeeper keeper, Func<DateTimeOffset> wall)
{
    /// <summary>A trade at the venue. One of an order that ended long ago is booked all the same.</summary>
    public void OnFilled(Order order, Fill fill, FillBooked booked)
    {
        if (order.StrategyId is not { } id || register.Find(id) is not { } strategy || strategy.Find(order.Symbol) is not { } instrument) return;
        Begin(instrument, fill.TradingDay);
        orders.Filled(strategy, instrument, strategy.Orders.GetValueOrDefault(order.OriginId), new(fill.Side, fill.Offset == Offset.Open, fill.Price, fill.Volume.Value, booked.Accounting.Fee, fill.OccurredAt));
    }

    public void OnClosed(Order order)
    {
        if (order.StrategyId is { } id && register.Find(id)?.Orders.GetValueOrDefault(order.OriginId) is { } hosted) orders.Closed(hosted, order);
    }

    /// <summary>A later trading day: counters and the numbers of today begin anew.</summary>
    public static void Begin(HostedInstrument instrument, DateOnly day)
    {
        if (!(instrument.Owner.Counters.Day >= day)) instrument.Owner.BeginDay(day);
        if (instrument.Book.Day >= day) return;
        var last = instrument.LastSeenTicks > 0 ? instrument.Contract.PriceAt(instrument.LastSeenTicks).Value : instrument.Lane.LastPrice?.Value;
        instrument.Owner.IsStirred = true;
        instrument.Book = instrument.Book.On(day, instrument.Book.IsFlat || last is not { } price ? 0m : instrument.Book.FloatingAt(price, instrument.Multiplier));
    }

    /// <summary>Orders that are never sent fill by a quote that comes after them: at the market at the opposing price, a limit when that is not worse than its own.</summary>
    public void FillOnPaper(HostedInstrument instrument, DateTimeOffset now)
    {
        foreach (var hosted in instrument.Working.FindAll(one => one.Stage == HostedStage.Shadow))
        {
            var lane = instrument.Lane;
            var order = hosted.Order;
            var opposing = order.Side == OrderSide.Buy ? lane.Last.AskTicks : lane.Last.BidTicks;
            var ticks = opposing > 0 ? opposing : lane.Last.LastTicks;
            var isLimit = order.Type == StrategyOrderType.Limit;
            if (isLimit && (order.Side == OrderSide.Buy ? ticks > order.PriceTicks : ticks < order.PriceTicks)) continue;
            var volume = hosted.Opens ? order.Remaining : Math.Min(order.Remaining, instrument.Book.Leg(order.LegSide).Volume);
            if (volume > 0m) orders.Filled(instrument.Owner, instrument, hosted, OnPaper(instrument, order, ticks, volume, now));
            orders.End(hosted, volume == order.Volume ? StrategyOrderState.Filled : StrategyOrderState.Cancelled, volume == order.Volume ? null : StrategyWords.RestNotHeld);
        }
    }

    /// <summary>What strategies think they hold is at most what the account holds: when lots went by another hand, those who go last lose theirs first, and the trader is told.</summary>
    public void Correct()
    {
        var held = register.All.Where(strategy => strategy.Instance.Mode != StrategyMode.Shadow).SelectMany(strategy => strategy.Instruments).Where(one => !one.Book.IsFlat);
        foreach (var together in held.GroupBy(one => (one.Owner.Account, one.Symbol)).ToList())
        {
            foreach (var side in (ReadOnlySpan<Side>)[Side.Long, Side.Short]) Correct(together.Key.Account, [.. together], side);
        }
    }

    /// <summary>Writes down the books that changed in this step.</summary>
    public void Save()
    {
        foreach (var strategy in register.All)
        {
            if (!strategy.IsStirred) continue;
            foreach (var one in strategy.Instruments)
            {
                if (one.Book == one.SavedBook || (one.SavedBook is null && one.Book is { Day: null, IsFlat: true })) continue;
                changes.Add(new JournalChange.StrategyBookSaved(one.Book));
                one.SavedBook = one.Book;
            }
        }
    }

    private void Correct(AccountBook account, List<HostedInstrument> books, Side side)
    {
        var symbol = books[0].Symbol;
        // A snapshot may show a close before its trade is told.
        var closing = books.SelectMany(one => one.Working).Where(hosted => hosted is { Opens: false, Stage: HostedStage.Sent } && hosted.Order.LegSide == side).Sum(hosted => hosted.Open);
        var missing = books.Sum(one => one.Book.Leg(side).Volume) - closing - account.Ledger.Leg(symbol, side).Volume.Value;
        books.Sort((left, right) => StrategyRegister.Compare(right.Owner, left.Owner));
        foreach (var one in books)
        {
            if (missing <= 0m) return;
            var gone = Math.Min(missing, one.Book.Leg(side).Volume);
            if (gone <= 0m) continue;
            missing -= gone;
            Take(one, side, gone);
        }
    }

    private void Take(HostedInstrument one, Side side, decimal gone)
    {
        var (strategy, before) = (one.Owner, one.Book.Leg(side).Volume);
        one.Book = one.Book.Without(side, gone);
        one.Target = null;
        strategy.IsStirred = true;
        var now = strategy.Account.Source.Now(wall());
        strategy.Note(new StrategyLogLine(now, $"{one.Symbol} {side}: {before} -> {before - gone}"));
        changes.Tell(
            now, TapeSeverity.Danger, "strategy.book_corrected", new(strategy.Account.Id, one.Symbol, strategy.Id),
            strategy.Instance.Name, side == Side.Long ? "long" : "short", new Volume(before).ToString(), new Volume(before - gone).ToString());
    }

    private StrategyTrade OnPaper(HostedInstrument instrument, StrategyOrder order, long ticks, decimal volume, DateTimeOffset now)
    {
        var price = instrument.Contract.PriceAt(ticks);
        var (_, fee) = FillBooking.FreezePerUnit(order.LegSide, order.Offset, instrument.Contract, keeper.TermsOf(instrument.Lane), price);
        return new(order.Side, order.Offset == Offset.Open, price, volume, decimal.Round(fee * volume, 2, MidpointRounding.AwayFromZero), now);
    }
}
