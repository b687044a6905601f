using QuantDash.Core.Audit;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Trading;

/// <summary>Something to be done on the trading thread, whose caller is answered once what it changed is durable.</summary>
internal abstract class EngineWork
{
    /// <summary>The sequence that must be durable before the caller is answered.</summary>
    public long Sequence { get; protected set; }

    /// <summary>Whose doing it is.</summary>
    public Actor Actor { get; } = Acting.Now;

    public abstract void Run(TradingEngine engine, DateTimeOffset now);

    public abstract void Complete();

    public abstract void Fail(Exception reason);
}

/// <param name="work">What is to be done.</param>
/// <param name="isAnsweredAtOnce">Its answer rests on nothing that is not durable yet.</param>
internal sealed class EngineWork<T>(Func<TradingEngine, DateTimeOffset, T> work, bool isAnsweredAtOnce = false) : EngineWork
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _done.Task;

    public override void Run(TradingEngine engine, DateTimeOffset now)
    {
        _result = work(engine, now);
        if (!isAnsweredAtOnce) Sequence = engine.NextSequence - 1;
    }

    public override void Complete() => _done.TrySetResult(_result!);

    public override void Fail(Exception reason) => _done.TrySetException(reason);
}
