using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>How far an armed rule is from firing, ready to draw.</summary>
public sealed record DistanceRow
{
    public required Guid Id { get; init; }
    public required string Symbol { get; init; }
    public required Side Direction { get; init; }

    /// <summary>The condition nearest to firing.</summary>
    public required ConditionRow Condition { get; init; }
    public required decimal? Now { get; init; }

    /// <summary>What the leg's profit changes by on the way there, in account currency; null without a leg.</summary>
    public required decimal? MoneyToFire { get; init; }

    /// <summary>Profit that would be locked at the level, in account currency, before fees; null where an open price is unknown.</summary>
    public required decimal? MoneyIfFired { get; init; }

    /// <summary>When its symbol's latest tick was; null before the first.</summary>
    public required DateTimeOffset? TickAt { get; init; }

    /// <summary>The figures are old: the feed is silent, or the market closed.</summary>
    public required bool IsStale { get; init; }

    public static IReadOnlyList<DistanceRow> List(EngineSnapshot snapshot, AccountView account) =>
        [.. snapshot.Rules.Where(r => r.Rule.AccountId == account.Account.Id && r.State.State == ArmState.Armed).Select(r => From(r, snapshot, account)).OfType<DistanceRow>()
            .OrderBy(r => r.Condition.DistanceRatio ?? decimal.MaxValue).ThenBy(r => r.Symbol, StringComparer.Ordinal).ThenBy(r => r.Id)];

    /// <summary>The rows of now in the order of before: nothing jumps under the reader's finger. New rules come last.</summary>
    public static IReadOnlyList<DistanceRow> InOrderOf(IReadOnlyList<DistanceRow> before, IReadOnlyList<DistanceRow> now)
    {
        var places = before.Select((row, place) => (row.Id, place)).ToDictionary(p => p.Id, p => p.place);
        return [.. now.OrderBy(r => places.GetValueOrDefault(r.Id, int.MaxValue))];
    }

    private static DistanceRow? From(RuleView view, EngineSnapshot snapshot, AccountView account)
    {
        var rule = view.Rule;
        var row = RuleRow.From(view, snapshot);
        if (row.Nearest is not { Watched: true } nearest) return null;
        var quote = snapshot.QuoteOf(account.Account, rule.Symbol);
        var position = account.Positions.FirstOrDefault(p => p.Contract.Symbol == rule.Symbol);
        var leg = rule.Direction == Side.Long ? position?.Long : position?.Short;
        var multiplier = position?.Contract.Multiplier;
        var lots = leg is null || position is null ? (decimal?)null : Volume.Min(
            LockVolume.Wanted(leg.Volume, new(row.Ratio), Volume.Zero, position.Contract.VolumeStep, rule.LocksAtLeastOneLot), leg.LockableVolume).Value;
        return new()
        {
            Id = rule.Id,
            Symbol = row.Symbol,
            Direction = row.Direction,
            Condition = nearest,
            Now = quote?.Last.Value,
            MoneyToFire = nearest.DistanceTicks * position?.Contract.PriceTick * multiplier * leg?.Volume.Value,
            MoneyIfFired = (nearest.Level - leg?.AverageOpenPrice?.Value) * rule.Direction.Sign() * lots * multiplier,
            TickAt = quote?.Tick.ReceivedAt,
            IsStale = quote is not { Health: QuoteHealth.Live },
        };
    }
}
