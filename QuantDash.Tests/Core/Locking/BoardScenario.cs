using System.Globalization;
using System.Text;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Locking;

/// <summary>A rule as the trader wrote it, with what is known when it is armed.</summary>
/// <param name="Best">High-water it starts from; null: the next tick.</param>
/// <param name="Awake">Whether trailing was activated before.</param>
internal sealed record ArmedRule(LockRule Rule, LegFacts Leg, long Sequence, DateTimeOffset ArmedAt, Price? Best, bool Awake, bool AwaitFalse)
{
    /// <summary>The same rule with another threshold, if it has one.</summary>
    public ArmedRule After(decimal threshold) => Rule.ProfitLockThreshold is null ? this : this with { Rule = Rule with { ProfitLockThreshold = threshold } };

    /// <summary>The same rule with another distance, if it has one in price.</summary>
    public ArmedRule Trailing(decimal distance) => Rule is { TrailingMode: TrailingMode.Price, TrailingDistance: not null } ? this with { Rule = Rule with { TrailingDistance = distance } } : this;

    /// <summary>The same rule in the board's terms.</summary>
    public BoardRule Compile(Contract contract)
    {
        var awake = Awake || Rule.TrailingActivation is null;
        long? best = awake && Best is { } price && contract.TryTicks(price, out var ticks) ? ticks : null;
        return new()
        {
            RuleId = Rule.Id,
            Sequence = Sequence,
            Side = Rule.Direction,
            PriceSource = Rule.PriceSource,
            ConfirmTicks = Rule.ConfirmTicks,
            ArmedAt = ArmedAt,
            StopLevel = RuleConditions.StopLevel(Rule, contract),
            ProfitLevel = RuleConditions.ProfitLevel(Rule, contract, Leg),
            PriceLevel = RuleConditions.PriceLevel(Rule, contract),
            Trailing = RuleConditions.Trailing(Rule, contract, best, awake),
            AwaitFalse = AwaitFalse,
        };
    }
}

/// <summary>What happens to a board: a tick, a rule armed (or armed again), a rule taken off.</summary>
internal abstract record BoardEvent
{
    public sealed record Ticked(Tick Tick) : BoardEvent;

    public sealed record Armed(ArmedRule Rule) : BoardEvent;

    public sealed record Disarmed(Guid RuleId) : BoardEvent;

    /// <summary>A distance that follows the range has changed: the level that was reached is kept.</summary>
    public sealed record Ranged(Guid RuleId, decimal Distance) : BoardEvent;

    /// <summary>A threshold that decays has come down.</summary>
    public sealed record Decayed(Guid RuleId, decimal Threshold) : BoardEvent;
}

/// <summary>A contract and everything that happens on its board, in order.</summary>
internal sealed record BoardScenario(Contract Contract, IReadOnlyList<BoardEvent> Events)
{
    public override string ToString()
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"tick {Contract.PriceTick} multiplier {Contract.Multiplier}");
        foreach (var happened in Events) text.AppendLine(Line(happened));
        return text.ToString();
    }

    private string Line(BoardEvent happened) => happened switch
    {
        BoardEvent.Ticked(var tick) => $"  tick {tick.OccurredAt:HH:mm:ss.fff} last {tick.LastTicks} bid {tick.BidTicks} ask {tick.AskTicks} mark {tick.MarkTicks}",
        BoardEvent.Armed(var rule) => $"  arm {Line(rule)}",
        BoardEvent.Disarmed(var id) => $"  disarm {id:N}",
        BoardEvent.Ranged(var id, var distance) => string.Create(CultureInfo.InvariantCulture, $"  range {id:N} to {distance}"),
        BoardEvent.Decayed(var id, var threshold) => string.Create(CultureInfo.InvariantCulture, $"  decay {id:N} to {threshold}"),
        _ => throw new ArgumentOutOfRangeException(nameof(happened)),
    };

    private string Line(ArmedRule armed)
    {
        var rule = armed.Rule;
        var board = armed.Compile(Contract);
        var trailing = board.Trailing is { } t ? $" trailing {t.DistanceTicks}{t.DistanceRatio} from {t.ActivationLevel} best {t.Best}" : "";
        return $"{rule.Id:N} #{armed.Sequence} {rule.Direction} {rule.PriceSource} ×{rule.ConfirmTicks} since {armed.ArmedAt:HH:mm:ss.fff}{(armed.AwaitFalse ? " after false" : "")}"
            + $" stop {board.StopLevel} profit {board.ProfitLevel} price {board.PriceLevel}{trailing}";
    }
}
