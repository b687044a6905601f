using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Lists what differs between an account and its venue now, from what the latest comparison told and what has happened since.</summary>
internal sealed class DifferenceFinder(OrderDesk orders, BridgeDesk bridge)
{
    /// <summary>Funds are compared to the cent.</summary>
    private const decimal Cent = 0.01m;

    public IReadOnlyList<Difference> Find(AccountBook account, ReconciliationState state, DateTimeOffset now)
    {
        var told = state.Legs.SelectMany(leg => OfLeg(account, leg)).ToList();
        IEnumerable<Difference> all =
        [
            .. told.Where(difference => !difference.IsAdopted), .. Orders(account, state), .. Funds(account, state), .. Pairs(account), .. state.Ignored.Select(OfContract),
            .. told.Where(difference => difference.IsAdopted), .. state.Elsewhere.Select(OfTrade),
        ];
        return [.. all.Select(difference => difference.Since == default ? difference with { Since = state.Since(difference.Key, now) } : difference)];
    }

    private static IEnumerable<Difference> OfLeg(AccountBook account, SnapshotDifference leg)
    {
        var (kind, ours, venue) = Told(leg);
        var adopted = leg.Action is SnapshotAction.Adopted or SnapshotAction.Flattened;
        if (!adopted)
        {
            // Fills since then may have made them the same.
            var held = account.Ledger.Leg(leg.Symbol, leg.Side).Volume.Value;
            if (held == leg.Theirs.Value) yield break;
            (kind, ours, venue) = (DifferenceKind.Leg, held, leg.Theirs.Value);
        }
        yield return new()
        {
            Key = $"{Name(kind)}:{leg.Symbol}:{Name(leg.Side)}", Kind = kind, Symbol = leg.Symbol, Side = leg.Side, Ours = ours, Venue = venue, Since = default, IsAdopted = adopted, CanAdopt = !adopted,
            Why = leg.Action switch { SnapshotAction.OlderThanLastFill => "older_than_last_fill", SnapshotAction.Unconfirmed => "left_out", _ => "taken_over" },
        };
    }

    private static (DifferenceKind Kind, decimal? Ours, decimal? Venue) Told(SnapshotDifference leg)
    {
        if (leg.Ours != leg.Theirs) return (DifferenceKind.Leg, leg.Ours.Value, leg.Theirs.Value);
        return leg.TheirsToday is { } today && today != leg.OursToday
            ? (DifferenceKind.Today, leg.OursToday.Value, today.Value)
            : (DifferenceKind.Price, leg.OursPrice?.Value, leg.TheirsPrice?.Value);
    }

    private IEnumerable<Difference> Orders(AccountBook account, ReconciliationState state)
    {
        foreach (var order in account.Working.Values)
        {
            if (order.State == OrderState.Unknown) yield return OfOrder(order, DifferenceKind.Order, null, "not_answered", canAdopt: false) with { Since = order.UpdatedAt };
            else if (state.AtVenue.TryGetValue(order.Id, out var filled) && filled != order.FilledVolume) yield return OfOrder(order, DifferenceKind.Order, filled, filled is null ? "venue_has_none" : "trades_missing", canAdopt: true);
            else if (bridge.ToldFilled(order) is { } told) yield return OfOrder(order, DifferenceKind.Fills, told, "trades_missing", canAdopt: true);
        }
        foreach (var (id, since) in state.Strangers)
        {
            if (orders.Known(id) is null)
                yield return new() { Key = $"stranger:{id}", Kind = DifferenceKind.Stranger, OrderId = id.Value, Since = since == DateTimeOffset.MinValue ? default : since, Why = "not_ours", CanAdopt = true };
        }
    }

    private static Difference OfOrder(Order order, DifferenceKind kind, Volume? filled, string why, bool canAdopt) => new()
    {
        Key = $"order:{order.Id}", Kind = kind, Symbol = order.Symbol, OrderId = order.Id.Value, Ours = order.FilledVolume.Value, Venue = filled?.Value, Since = default, Why = why, CanAdopt = canAdopt,
    };

    private static IEnumerable<Difference> Funds(AccountBook account, ReconciliationState state)
    {
        if (state.Funds is not { } told || account.Ledger.Funds().Equity is not { } equity) yield break;
        // The counter's figure is as old as its snapshot: compared is what stood in our books then, and what was booked by hand since.
        var ours = (told.Equity ?? equity) + (account.Ledger.Balances.Deposits - (told.Deposits ?? account.Ledger.Balances.Deposits));
        if (Math.Abs(told.Balance - ours) >= Cent)
            yield return new() { Key = "funds", Kind = DifferenceKind.Funds, Ours = decimal.Round(ours, 2), Venue = told.Balance, Since = default, Why = "differs", CanAdopt = true };
    }

    private static IEnumerable<Difference> Pairs(AccountBook account) =>
        from symbol in account.Ledger.Symbols
        let offered = PairDesk.Offered(account, symbol)
        where !offered.IsZero
        select new Difference { Key = $"pair:{symbol}", Kind = DifferenceKind.Pair, Symbol = symbol, Ours = 0m, Venue = offered.Value, Since = default, Why = "no_lock", CanAdopt = true };

    private static Difference OfContract(string spelling) =>
        new() { Key = $"contract:{spelling}", Kind = DifferenceKind.Contract, OrderId = spelling, Ours = null, Venue = null, Since = default, Why = "unknown_contract" };

    private static Difference OfTrade(ToldTrade trade) => new()
    {
        Key = $"trade:{trade.Symbol}:{trade.TradeId}", Kind = DifferenceKind.Trade, Symbol = trade.Symbol, OrderId = trade.TradeId, Side = trade.Side == OrderSide.Buy ? Side.Long : Side.Short, Ours = null,
        Venue = trade.Volume.Value, Since = trade.Timestamp, Why = "made_elsewhere", IsAdopted = true,
    };

    private static string Name(DifferenceKind kind) => kind switch { DifferenceKind.Today => "today", DifferenceKind.Price => "price", _ => "leg" };

    private static string Name(Side side) => side == Side.Long ? "long" : "short";
}
