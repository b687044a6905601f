using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>How closing orders are charged, line by line: by the flag where orders say the age of what they close, else today's volume first
/// (DOMAIN.md 2.1).</summary>
internal static class FeeLines
{
    public static IReadOnlyList<(Volume AsToday, Volume AsYesterday)> Of(IReadOnlyList<UnlockPart> parts, LegBook leg)
    {
        var todayLeft = leg.FeeTodayVolume;
        var lines = new List<(Volume, Volume)>(parts.Count);
        foreach (var part in parts)
        {
            var asToday = part.Offset switch
            {
                Offset.CloseToday => part.Volume,
                Offset.CloseYesterday => Volume.Zero,
                Offset.Close or Offset.Open => Volume.Min(todayLeft, part.Volume),
            };
            todayLeft = todayLeft.Minus(asToday);
            lines.Add((asToday, part.Volume - asToday));
        }
        return lines;
    }
}
