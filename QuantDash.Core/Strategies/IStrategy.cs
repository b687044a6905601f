namespace QuantDash.Core.Strategies;

/// <summary>A strategy: it is told what happens, one event after the other, and acts through the context alone. It has no clock, no I/O and no threads of its own,
/// so that backtest, replay, paper and live run the same code.</summary>
/// <remarks>An order asked for in an event is never filled on that event. An exception stops the strategy.</remarks>
public interface IStrategy
{
    /// <summary>Before the first event, with the state of the last run restored.</summary>
    void OnStart(IStrategyContext context);

    /// <summary>A quote; bar backtests have none.</summary>
    void OnTick(IStrategyContext context, IStrategyInstrument instrument, in StrategyTick tick);

    /// <summary>A bar is complete. Shorter timeframes come before longer ones that end with them.</summary>
    void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar);

    /// <summary>An order of its own changed: filled, cancelled or refused (<see cref="StrategyOrder.Reason"/>).</summary>
    void OnOrder(IStrategyContext context, StrategyOrder order);

    void OnFill(IStrategyContext context, in StrategyFill fill);

    /// <summary>A timer it set is due.</summary>
    void OnTimer(IStrategyContext context, string name);

    /// <summary>After the last event: nothing can be ordered any more.</summary>
    void OnStop(IStrategyContext context);
}

/// <summary>Does nothing at every event: override those that matter.</summary>
public abstract class Strategy : IStrategy
{
    public virtual void OnStart(IStrategyContext context)
    {
    }

    public virtual void OnTick(IStrategyContext context, IStrategyInstrument instrument, in StrategyTick tick)
    {
    }

    public virtual void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
    {
    }

    public virtual void OnOrder(IStrategyContext context, StrategyOrder order)
    {
    }

    public virtual void OnFill(IStrategyContext context, in StrategyFill fill)
    {
    }

    public virtual void OnTimer(IStrategyContext context, string name)
    {
    }

    public virtual void OnStop(IStrategyContext context)
    {
    }
}
