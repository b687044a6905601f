using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Protection;

/// <summary>What protects one leg, and whether it could act now.</summary>
/// <param name="Lives">venue: as an order there; here: on our board, while this process runs; lock: it needs none, the other leg covers it; nowhere: nobody stops some of its lots.</param>
/// <param name="Unprotected">Lots that neither a lock nor a stop covers.</param>
/// <param name="Stale">A rule watches it and hears no price.</param>
/// <param name="WhyNotSend">link_down, not_reconciled, no_quote, session_closed, feed_stale or unconfirmed; null: an order would go out.</param>
public sealed record ProtectionAnswer(
    Guid AccountId, string Symbol, Side Direction, decimal Volume, decimal Locked, decimal Paired, decimal Guarded, decimal Unprotected, StopPlace Lives, DateTimeOffset? EvaluatedAt, decimal? EvaluatedPrice,
    bool CanSend, string? WhyNotSend, bool Stale, bool Halted, IReadOnlyList<GuardAnswer> Guards, IReadOnlyList<LotAnswer> Lots)
{
    public static ProtectionAnswer Of(LegProtection leg) => new(
        leg.AccountId.Value, leg.Symbol.ToString(), leg.Side, leg.Volume.Value, leg.Locked.Value, leg.Paired.Value, leg.Guarded.Value, leg.Unprotected.Value, leg.Lives, leg.EvaluatedAt, leg.EvaluatedPrice?.Value,
        leg.CanSend, leg.WhyNotSend, leg.IsStale, leg.Halted, [.. leg.Guards.Select(GuardAnswer.Of)], [.. leg.Lots.Select(LotAnswer.Of)]);
}

/// <param name="Covers">Lots it would lock or close.</param>
/// <param name="Stop">It ends a loss; others take gains.</param>
/// <param name="Why">Why it is not evaluated now; null: it is.</param>
public sealed record GuardAnswer(Guid ConfigId, ConditionKind Condition, decimal? Level, long? DistanceTicks, decimal Covers, bool Stop, bool AsksFirst, string? Why)
{
    public static GuardAnswer Of(Guard guard) => new(guard.RuleId, guard.Condition, guard.Level?.Value, guard.DistanceTicks, guard.Covers.Value, guard.IsStop, guard.Asks, guard.Why);
}

public sealed record LotAnswer(
    Guid Id, DateOnly OpenedOn, DateTimeOffset OpenedAt, bool Today, decimal? OpenPrice, decimal Volume, decimal Locked, Guid? LockId, decimal Guarded, decimal Unprotected, StopPlace Lives)
{
    public static LotAnswer Of(LotProtection lot) => new(
        lot.Lot.Id, lot.Lot.OpenedOn, lot.Lot.OpenedAt, lot.IsToday, lot.Lot.OpenPrice?.Value, lot.Lot.Volume.Value, lot.Lot.LockedVolume.Value, lot.Lock?.Id, lot.Guarded.Value, lot.Unprotected.Value, lot.Lives);
}
