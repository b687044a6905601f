using QuantDash.Core.Engine;
using QuantDash.Core.Positions;

namespace QuantDash.Web.Features.Accounts;

/// <summary>What an account holds now, as its settlement would write it down at the last prices.</summary>
internal static class OpenPositions
{
    public static IReadOnlyList<SettledPosition> Of(AccountView view) =>
        [.. view.Positions.SelectMany(position => new[] { position.Long, position.Short }.Where(leg => !leg.Volume.IsZero).Select(leg => Of(position, leg)))];

    private static SettledPosition Of(PositionView position, LegView leg) => new()
    {
        Symbol = position.Contract.Symbol,
        Side = leg.Side,
        Volume = leg.Volume,
        TodayVolume = leg.TodayVolume,
        AverageOpenPrice = leg.AverageOpenPrice?.Value,
        AverageBasis = leg.Lots.Aggregate((decimal?)0m, (sum, lot) => sum + (lot.MarkBasis?.Value * lot.Volume.Value)) / leg.Volume.Value,
        SettlementPrice = position.Mark?.Value,
        FloatingPnl = leg.FloatingPnl,
        HoldingPnl = leg.HoldingPnl,
        Margin = leg.Margin,
    };
}
