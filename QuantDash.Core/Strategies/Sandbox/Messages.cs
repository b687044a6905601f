namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>What a host asks of the process of a strategy. Every request is answered by exactly one answer, in turn.</summary>
internal enum RequestKind
{
    /// <summary>Which strategies are there?</summary>
    Describe,

    /// <summary>What follows from these values?</summary>
    Terms,

    Start,
    Tick,
    Bar,
    Order,
    Fill,
    Timer,
    Stop,

    /// <summary>Several bars at once, up to the first on which it acts.</summary>
    Bars,
}

internal enum AnswerKind
{
    Descriptions,
    Terms,
    Actions,

    /// <summary>Nothing in it can be run.</summary>
    Problem,

    /// <summary>The strategy threw.</summary>
    Failure,
}

/// <summary>What a strategy did in an event.</summary>
internal enum ActionKind { Place, Cancel, MoveTo, Timer, Log, Note, Forget }

/// <summary>Bounds of what one strategy may ask for: a loop gone wrong ends it, and not its host.</summary>
internal static class SandboxLimits
{
    public const int OrdersOfOneEvent = 1_000;
    public const int LinesOfOneEvent = 200;
    public const int LongestLine = 2_000;
    public const int LongestStack = 8_000;

    /// <summary>Characters of all notes together.</summary>
    public const int LongestState = 1_000_000;
}
