using QuantDash.Core.Locking;

namespace QuantDash.Web.Ui.Trading;

public enum LevelKind { Alert, Price, Stop }

/// <summary>A level on a chart that a person may drag: that of a price alert, or one that a rule has in its own field. What follows from something else (profit, trailing, stages) cannot be dragged.</summary>
public readonly record struct MovableLevel(LevelKind Kind, Guid Id)
{
    public static MovableLevel? Of(LockRule rule, ConditionKind kind) => kind switch
    {
        ConditionKind.Price when rule.TriggerPrice is not null && rule.Stages.Count == 0 => new(LevelKind.Price, rule.Id),
        ConditionKind.Stop when rule.StopLossPrice is not null => new(LevelKind.Stop, rule.Id),
        _ => null,
    };

    /// <summary>Reads <see cref="ToString"/> back; null for anything else.</summary>
    public static MovableLevel? Read(string text) =>
        text.Split(':') is [var kind, var id] && Enum.TryParse<LevelKind>(kind, out var known) && Guid.TryParse(id, out var of) ? new(known, of) : null;

    public override string ToString() => $"{Kind}:{Id}";
}
