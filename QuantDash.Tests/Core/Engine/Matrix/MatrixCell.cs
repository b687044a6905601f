using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine.Matrix;

/// <summary>Whether the rule acts by itself or asks first.</summary>
public enum MatrixMode { Auto, Confirm }

/// <summary>What the venue does with the lock order.</summary>
public enum MatrixVenue
{
    /// <summary>All of it at once.</summary>
    Full,

    /// <summary>Three lots, then nothing more; the price runs away a tick a second.</summary>
    Partial,

    /// <summary>Nobody on the other side; the price runs away a tick a second.</summary>
    NoFill,

    /// <summary>Refused: the margin is not there.</summary>
    Refused,
}

/// <summary>Where the process is killed and started again.</summary>
public enum MatrixRestart
{
    None,

    /// <summary>Armed before, off when the price crosses, or the moment passes, for longer than a quote is fresh; the first tick afterwards is beyond the level.</summary>
    WhileCrossing,

    /// <summary>The intent is durable, the order was never handed out.</summary>
    BeforeSending,

    /// <summary>The venue has taken, filled or refused it.</summary>
    AfterAnswer,
}

/// <summary>One cell: which rule, on which leg, and what happens to it.</summary>
public readonly record struct MatrixCell(ConditionKind Condition, Side Side, MatrixMode Mode, MatrixVenue Venue, MatrixRestart Restart)
{
    /// <summary>Every combination of the enums: a new member is a new cell, and a cell without a row fails.</summary>
    public static IEnumerable<MatrixCell> All() =>
        from condition in Enum.GetValues<ConditionKind>()
        from mode in Enum.GetValues<MatrixMode>()
        from venue in Enum.GetValues<MatrixVenue>()
        from restart in Enum.GetValues<MatrixRestart>()
        from side in Enum.GetValues<Side>()
        select new MatrixCell(condition, side, mode, venue, restart);

    public string Key => $"{Condition} | {Side} | {Mode} | {Venue} | {Restart}";
}

/// <summary>What is to be seen in one cell, in words: exactly one row of a table.</summary>
/// <param name="Says">The sentence of the firing.</param>
/// <param name="Asks">What the trader is asked; a dash when nobody asks.</param>
/// <param name="Orders">Every order sent, children of the same kind together.</param>
/// <param name="Legs">Lots long and short, and how many are locked.</param>
/// <param name="Trigger">State of the trigger, how much of what it was for is filled.</param>
/// <param name="Rule">State of the rule.</param>
/// <param name="Message">Result or error as it stands in the trigger.</param>
/// <param name="NextDay">Legs, trigger and rule after the first tick of the next trading day, at a price where nothing holds.</param>
public sealed record MatrixRow(string Says, string Asks, string Orders, string Legs, string Trigger, string Rule, string Message, string NextDay)
{
    /// <summary>The rule itself was refused: nothing happens.</summary>
    public static MatrixRow Refused(string why) => new(why, "—", "—", "—", "—", "—", "—", "—");

    public override string ToString() => $"{Says} | {Asks} | {Orders} | {Legs} | {Trigger} | {Rule} | {Message} | {NextDay}";
}
