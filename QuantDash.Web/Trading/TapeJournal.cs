using System.Collections.Concurrent;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Trading;

/// <summary>Passes batches on to the journal and keeps their tape events until they are durable: nobody is told of what might not have happened.</summary>
internal sealed class TapeJournal : IJournal
{
    private readonly IJournal _inner;
    private readonly ConcurrentQueue<(long Sequence, TapeEvent Event)> _waiting = [];
    private readonly Action<TapeEvent> _publish;

    public TapeJournal(IJournal inner, Action<TapeEvent> publish)
    {
        _inner = inner;
        _publish = publish;
        inner.Committed += OnCommitted;
    }

    public event Action<long>? Committed;

    public void Append(JournalBatch batch)
    {
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
