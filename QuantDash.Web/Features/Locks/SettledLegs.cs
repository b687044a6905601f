using QuantDash.Core.Locking;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks;

/// <summary>What the settlements of an account say about its legs.</summary>
internal sealed class SettledLegs(IReadOnlyList<AccountSettlement> settled)
{
    /// <summary>What the last settlement before a day left; null without one, or where it was not kept.</summary>
    public Func<DateOnly, Side, Volume?> Before(Symbol symbol) => (day, side) =>
        settled.Where(one => one.TradingDay < day).MaxBy(one => one.TradingDay) is { Positions: { } positions } ? Find(positions, symbol, side)?.Volume ?? Volume.Zero : null;

    public LegAges? At(Symbol symbol, DateOnly day, Side side)
    {
        if (settled.FirstOrDefault(one => one.TradingDay == day) is not { Positions: { } positions }) return null;
        return Find(positions, symbol, side) is { } held ? new LegAges(held.Volume.Minus(held.TodayVolume), held.TodayVolume) : default(LegAges);
    }

    private static SettledPosition? Find(IReadOnlyList<SettledPosition> positions, Symbol symbol, Side side) => positions.FirstOrDefault(held => held.Symbol == symbol && held.Side == side);
}
