namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>A process that runs a <see cref="StrategyGuest"/>.</summary>
public interface IStrategyProcess : IDisposable
{
    /// <summary>Sends a request and waits for its answer, which is good until the next one. Throws <see cref="StrategyProcessException"/> when none comes in time: the process is gone then.</summary>
    ReadOnlyMemory<byte> Ask(ReadOnlyMemory<byte> request);
}

/// <summary>How a process of a strategy ended before it answered.</summary>
public enum ProcessEnd
{
    /// <summary>It did not answer within its time and was killed.</summary>
    TooSlow,

    /// <summary>It held more memory than it may and was killed.</summary>
    TooLarge,

    /// <summary>It ended by itself.</summary>
    Ended,

    /// <summary>What it answered makes no sense; it was killed.</summary>
    Nonsense,

    /// <summary>It could not be started.</summary>
    NotStarted,
}

/// <summary>The process of a strategy is gone.</summary>
public sealed class StrategyProcessException(ProcessEnd end, string message, string logTail) : Exception(message)
{
    public ProcessEnd End { get; } = end;

    /// <summary>What it wrote to its standard output and error last.</summary>
    public string LogTail { get; } = logTail;
}
