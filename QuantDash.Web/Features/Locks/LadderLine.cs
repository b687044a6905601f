using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks;

/// <summary>What one typed line of a ladder comes to on the leg as it is now.</summary>
/// <param name="Level">Price or profit; null while unknown.</param>
/// <param name="RunningPercent">This stage and all before it.</param>
/// <param name="Lots">What this stage locks; null without a leg.</param>
public sealed record LadderLine(decimal? Level, decimal RunningPercent, decimal? Lots)
{
    public static IReadOnlyList<LadderLine> List(LadderDraft draft, Side direction, Contract? contract, Price? average, Volume leg)
    {
        var lines = new List<LadderLine>(draft.Stages.Count);
        var (running, before) = (0m, 0m);
        foreach (var stage in draft.Stages)
        {
            running += stage.Percent ?? 0m;
            decimal? lots = null;
            if (contract is not null && !leg.IsZero)
            {
                var share = Math.Clamp(running / 100m, 0m, 1m);
                var target = share >= 1m ? leg.Value : share <= 0m ? 0m : leg.FloorToStep(new(share), contract.VolumeStep).Value;
                lots = target - before;
                before = target;
            }

            lines.Add(new(draft.LevelOf(stage, direction, contract, average), running, lots));
        }

        return lines;
    }
}
