namespace QuantDash.Core.Engine;

/// <summary>The journal of an engine that plays by itself (rehearsals, backtests): durable at once and in memory, with ids that are counted, so that the same play names the same things.</summary>
/// <param name="mark">Tells ids of one kind of play from another's.</param>
internal class InMemoryJournal(int mark) : IJournal, IIdentitySource
{
    private int _ids;
    private long _last;
    private long _told;

    public event Action<long>? Committed;

    public Guid Next() => new(++_ids, (short)(mark >> 16), (short)mark, new byte[8]);

    public void Append(JournalBatch batch)
    {
        foreach (var change in batch.Changes) Keep(change);
        _last = batch.Sequence;
        Committed?.Invoke(_last);
    }

    /// <summary>Says that everything is durable, until nothing new is written; true: something had been.</summary>
    public bool Commit(TradingEngine engine)
    {
        var wrote = _last > _told;
        while (_last > _told)
        {
            _told = _last;
            engine.OnCommitted(_told);
        }

        return wrote;
    }

    /// <summary>Nothing is kept unless somebody wants it.</summary>
    protected virtual void Keep(JournalChange change)
    {
    }
}
