using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Hosting;

/// <summary>A strategy whose code runs elsewhere, as in a child process: it is told like any other and answers later. A <see cref="StrategyDefinition.Create"/> may return one.
/// Its events come on the trading thread, which must not wait: send and return. Disposed of when its run is over.</summary>
/// <remarks>What it reads of the context is only good within the event: copy what goes out. Acting through the context directly works as for any strategy.</remarks>
public interface IStrategyRunner : IStrategy, IDisposable
{
    /// <summary>Before <see cref="IStrategy.OnStart"/>: where its answers go.</summary>
    void Connect(IStrategyAnswers answers);
}

/// <summary>Takes the answers of one run, from any thread and without waiting. They are carried out in order, in a later step of the engine; after the end of the run nothing happens.</summary>
public interface IStrategyAnswers
{
    void Act(StrategyAction action);

    /// <summary>It is not to be trusted any more (over its deadline, over its heap, died): the strategy is stopped as after an exception.</summary>
    void Fail(string reason);
}

/// <summary>One thing that a strategy elsewhere wants.</summary>
public abstract record StrategyAction
{
    private StrategyAction() { }

    /// <param name="Handle">The strategy's own number of the order, above 0 and never used twice in a run: <see cref="StrategyOrder.Handle"/> of what it is told of it later.</param>
    public sealed record Place(long Handle, Symbol Symbol, OrderSide Side, Offset Offset, decimal Volume, StrategyOrderType Type = StrategyOrderType.Market, long PriceTicks = 0) : StrategyAction;

    /// <param name="Number"><see cref="StrategyOrder.Number"/>, for orders that the host made of a move; 0: by handle.</param>
    public sealed record Cancel(long Handle, int Number = 0) : StrategyAction;
    public sealed record MoveTo(Symbol Symbol, decimal Net) : StrategyAction;
    public sealed record SetTimer(string Name, DateTimeOffset Due) : StrategyAction;
    public sealed record Log(string Message) : StrategyAction;

    /// <param name="Value">Null: forgotten.</param>
    public sealed record Note(string Name, string? Value) : StrategyAction;
}
