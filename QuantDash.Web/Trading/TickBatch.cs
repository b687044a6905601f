using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Trading;

/// <summary>A raw tick with the symbol as its sender spelled it.</summary>
public readonly record struct SymbolTick(string Symbol, RawTick Tick);

/// <summary>What became of a batch of ticks. A held jump counts as accepted until the next tick contradicts it.</summary>
public sealed record TickBatchResult(int Accepted, int Rejected, IReadOnlyDictionary<TickReject, int> Reasons);

/// <summary>Ticks on their way to the trading thread, and the promise to say what became of them.</summary>
/// <param name="source">Whose ticks they are.</param>
/// <param name="ticks">In order.</param>
/// <param name="receivedAt">When they came, as a timestamp of the machine's clock.</param>
internal sealed class TickBatch(SourceName source, IReadOnlyList<SymbolTick> ticks, long receivedAt)
{
    private readonly TaskCompletionSource<TickBatchResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<TickReject, int> _reasons = [];
    private int _next;
    private int _accepted;

    public SourceName Source { get; } = source;
    public long ReceivedAt { get; } = receivedAt;
    public Task<TickBatchResult> Done => _done.Task;
    public bool IsFinished => _next == ticks.Count;

    public ref readonly SymbolTick Next(ref SymbolTick slot)
    {
        slot = ticks[_next++];
        return ref slot;
    }

    public void Count(TickReject outcome)
    {
        if (outcome == TickReject.None) _accepted++;
        else _reasons[outcome] = _reasons.GetValueOrDefault(outcome) + 1;
    }

    public void Finish() => _done.TrySetResult(new(_accepted, _reasons.Values.Sum(), _reasons));

    public void Fail(Exception reason) => _done.TrySetException(reason);
}
