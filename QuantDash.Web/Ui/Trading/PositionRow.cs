using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Ui.Trading;

/// <summary>Both legs of one contract, ready to draw.</summary>
public sealed record PositionRow
{
    public required string Symbol { get; init; }
    public required string Name { get; init; }
    public required int Places { get; init; }
    public decimal? Mark { get; init; }
    public required LegCell Long { get; init; }
    public required LegCell Short { get; init; }
    public required decimal Net { get; init; }

    /// <summary>Floating P&amp;L of both legs; null when one is unknown.</summary>
    public decimal? Pnl { get; init; }

    /// <summary>What one tick up is worth on the net position; 0 for a full lock.</summary>
    public required decimal MoneyPerTick { get; init; }

    /// <summary>What closing the net leg at its nearest stop gives, after the closing fee; null without a stop.</summary>
    public decimal? AtStop { get; init; }
    public required decimal Margin { get; init; }

    /// <summary>Lots on either side that a lock holds, over all lots.</summary>
    public decimal LockedShare => Long.Volume + Short.Volume == 0 ? 0 : (Long.Locked + Short.Locked) / (Long.Volume + Short.Volume);

    public static PositionRow From(PositionView view, IReadOnlyList<RuleView> rules)
    {
        var contract = view.Contract;
        return new()
        {
            Symbol = contract.Symbol.ToString(),
            Name = contract.NameOf(),
            Places = contract.Places(),
            Mark = view.Mark?.Value,
            Long = LegCell.From(view.Long, view),
            Short = LegCell.From(view.Short, view),
            Net = view.NetVolume,
            Pnl = Sum(view.Long, view.Short),
            MoneyPerTick = view.NetVolume * contract.PriceTick * contract.Multiplier,
            AtStop = StopResult(view, rules),
            Margin = view.Margin,
        };
    }

    // Where orders say the age of what they close the older lots go first; elsewhere today's volume is charged first.
    private static decimal? CloseFee(PositionView view, LegView leg, Volume volume, Price price)
    {
        if (view.Terms is not { } terms) return null;
        var asToday = terms.DistinguishesToday ? volume.Minus(leg.Volume - leg.TodayVolume) : Volume.Min(leg.FeeTodayVolume, volume);
        return TradeFees.Close(terms.Fees, view.Contract, price, asToday, volume - asToday);
    }

    public static IReadOnlyList<PositionRow> List(EngineSnapshot snapshot, AccountView account, IReadOnlyList<PositionRow> previous)
    {
        var rules = snapshot.Rules.Where(r => r.Rule.AccountId == account.Account.Id).ToList();
        return RowReuse.Keep(
            previous,
            account.Positions.Where(p => !p.IsFlat).Select(p => From(p, rules)).OrderBy(r => r.Symbol, StringComparer.Ordinal),
            r => r.Symbol);
    }

    private static decimal? Sum(LegView one, LegView other) => (PnlOf(one), PnlOf(other)) is ({ } a, { } b) ? a + b : null;

    private static decimal? PnlOf(LegView leg) => leg.Volume.IsZero ? 0m : leg.FloatingPnl;

    private static decimal? StopResult(PositionView view, IReadOnlyList<RuleView> rules)
    {
        var side = view.NetVolume >= 0 ? Side.Long : Side.Short;
        var leg = side == Side.Long ? view.Long : view.Short;
        if (view.NetVolume == 0 || leg.AverageOpenPrice is not { } open) return null;
        var level = rules.Where(r => r.Rule.Symbol == view.Contract.Symbol && r.Rule.Direction == side && !r.Rule.Unlocks)
            .SelectMany(r => r.Conditions)
            .Where(c => c is { Kind: ConditionKind.Stop or ConditionKind.Trailing, Live: true, Why: null })
            .OrderBy(c => c.DistanceTicks ?? long.MaxValue).FirstOrDefault()?.Level;
        return level is { } price
            ? ((price.Value - open.Value) * side.Sign() * Math.Abs(view.NetVolume) * view.Contract.Multiplier) - CloseFee(view, leg, new(Math.Abs(view.NetVolume)), price)
            : null;
    }
}

/// <summary>One leg of a position row.</summary>
public sealed record LegCell
{
    public required Side Side { get; init; }
    public required decimal Volume { get; init; }
    public required decimal Today { get; init; }
    public required decimal Locked { get; init; }
    public required decimal Lockable { get; init; }
    public required decimal Closable { get; init; }
    public decimal? Average { get; init; }
    public decimal? Pnl { get; init; }

    /// <summary>From the average open price to the mark, in ticks, gains positive.</summary>
    public decimal? Ticks { get; init; }
    public required bool Unconfirmed { get; init; }
    public bool IsFlat => Volume == 0;

    public static LegCell From(LegView leg, PositionView position) => new()
    {
        Side = leg.Side,
        Volume = leg.Volume.Value,
        Today = leg.TodayVolume.Value,
        Locked = leg.LockedVolume.Value,
        Lockable = leg.LockableVolume.Value,
        Closable = leg.ClosableVolume.Value,
        Average = leg.AverageOpenPrice?.Value,
        Pnl = leg.Volume.IsZero ? null : leg.FloatingPnl,
        Ticks = position.Mark is { } mark && leg.AverageOpenPrice is { } open && !leg.Volume.IsZero
            ? decimal.Round((mark.Value - open.Value) * leg.Side.Sign() / position.Contract.PriceTick, 1)
            : null,
        Unconfirmed = leg.Unconfirmed,
    };
}
