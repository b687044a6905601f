using System.Collections.Concurrent;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Trading;

/// <summary>Passes batches on to the journal and keeps their tape events until they are durable: nobody is told of what might not have happened.</summary>
internal sealed class TapeJournal : IJournal
{
    private readonly IJournal _inner;
    private readonly ConcurrentQueue<(long Sequence, TapeEvent Event)> _waiting = [];
    private readonly Action<TapeEvent> _publish;
    private readonly Action<JournalBatch> _decided;

    /// <param name="inner">Where batches go.</param>
    /// <param name="publish">Gets every event once it is durable.</param>
    /// <param name="decided">Sees every batch as it is handed in, on the trading thread.</param>
    public TapeJournal(IJournal inner, Action<TapeEvent> publish, Action<JournalBatch> decided)
    {
        (_inner, _publish, _decided) = (inner, publish, decided);
        inner.Committed += OnCommitted;
    }

    public event Action<long>? Committed;

    public void Append(JournalBatch batch)
    {
        _decided(batch);
        foreach (var change in batch.Changes)
            if (change is JournalChange.EventAdded added) _waiting.Enqueue((batch.Sequence, added.Event));
        _inner.Append(batch);
    }

    public void Detach() => _inner.Committed -= OnCommitted;

    private void OnCommitted(long sequence)
    {
        while (_waiting.TryPeek(out var next) && next.Sequence <= sequence && _waiting.TryDequeue(out next)) _publish(next.Event);
        Committed?.Invoke(sequence);
    }
}
