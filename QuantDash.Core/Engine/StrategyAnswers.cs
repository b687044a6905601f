using System.Collections.Concurrent;
using QuantDash.Core.Hosting;

namespace QuantDash.Core.Engine;

/// <summary>Answers of a strategy elsewhere, on their way to the trading thread.</summary>
internal sealed class StrategyAnswers(Action answered) : IStrategyAnswers
{
    private readonly ConcurrentQueue<StrategyAction> _actions = [];
    private volatile string? _failure;

    /// <summary>Why it is not to be trusted any more; null: it is.</summary>
    public string? Failure => _failure;

    public void Act(StrategyAction action)
    {
        _actions.Enqueue(action);
        answered();
    }

    public void Fail(string reason)
    {
        _failure ??= reason;
        answered();
    }

    public bool TryTake(out StrategyAction? action) => _actions.TryDequeue(out action);
}
