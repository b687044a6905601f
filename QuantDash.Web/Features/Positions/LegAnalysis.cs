using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Positions;

/// <summary>What one leg moves, costs and lasts, ready to draw.</summary>
/// <param name="PerTick">What one tick up is worth.</param>
/// <param name="PerPercent">What 1 % up is worth at the price now; null without one.</param>
/// <param name="HoldingPnl">持仓盈亏 (盯市); null when unknown.</param>
/// <param name="OpenedAt">Of its oldest lot; null when unknown.</param>
/// <param name="HeldMinutes">Whole minutes since, on the account's clock.</param>
/// <param name="LockedShare">Lots that a lock holds, over all lots.</param>
/// <param name="Seen">How far it has been since it was opened; null when not known.</param>
/// <param name="AtStop">What its nearest armed stop would leave; null when none is armed.</param>
public sealed record LegAnalysis(
    Side Side, decimal Volume, decimal PerTick, decimal? PerPercent, decimal Margin, decimal? HoldingPnl, DateTimeOffset? OpenedAt, long? HeldMinutes, decimal Locked, decimal LockedShare, LegExcursion? Seen, StopOutcome? AtStop)
{
    /// <summary>The legs that hold something.</summary>
    public static IReadOnlyList<LegAnalysis> Of(EngineSnapshot snapshot, AccountView account, PositionView position)
    {
        var now = NowOf(snapshot, account);
        return [.. new[] { position.Long, position.Short }.Where(leg => !leg.Volume.IsZero).Select(leg => Of(leg, position, now, StopOutcome.Of(ProtectionMap.Of(snapshot, account, position, leg), position.Contract)))];
    }

    /// <summary>What counts as now where the account's holding times are told.</summary>
    public static DateTimeOffset NowOf(EngineSnapshot snapshot, AccountView account) =>
        (account.Replay ? snapshot.Sources.FirstOrDefault(source => source.Source.Name == account.Account.Source)?.Clock : null) ?? snapshot.At;

    private static LegAnalysis Of(LegView leg, PositionView position, DateTimeOffset now, StopOutcome? atStop)
    {
        var signed = leg.Side.Sign() * leg.Volume.Value * position.Contract.Multiplier;
        return new(
            leg.Side,
            leg.Volume.Value,
            signed * position.Contract.PriceTick,
            position.Mark?.Value * 0.01m * signed,
            leg.Margin,
            leg.HoldingPnl,
            leg.OpenedAt,
            leg.OpenedAt is { } opened && opened <= now ? (long)(now - opened).TotalMinutes : null,
            leg.LockedVolume.Value,
            leg.LockedVolume.Value / leg.Volume.Value,
            leg.Excursion,
            atStop);
    }
}
