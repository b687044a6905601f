using QuantDash.Core.Audit;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Collects what one engine step changes and hands it to the journal as one batch at the end of the step.</summary>
internal sealed class ChangeLog(IJournal journal)
{
    private List<JournalChange> _changes = [];
    private long _lastEvent;
    private Actor _actor = Actor.Engine;

    /// <summary>The sequence the changes collected now will get.</summary>
    public long NextSequence { get; private set; } = 1;

    public void Continue(RecoveredState state)
    {
        _lastEvent = state.LastEventNumber;
        NextSequence = state.NextSequence;
    }

    /// <summary>Whose doing the next steps are.</summary>
    public void ActFor(Actor actor) => _actor = actor;

    /// <summary>Whether the step changed what an account holds.</summary>
    public bool TouchesLots { get; private set; }

    public void Add(JournalChange change)
    {
        _changes.Add(change);
        if (change is JournalChange.LotSaved or JournalChange.LotRemoved) TouchesLots = true;
    }

    /// <summary>Writes one entry of the tape.</summary>
    public void Tell(DateTimeOffset at, TapeSeverity severity, string key, Subject subject, params IReadOnlyList<string> values) =>
        Add(new JournalChange.EventAdded(new()
        {
            Number = ++_lastEvent,
            At = at,
            Severity = severity,
            Key = key,
            Values = values,
            AccountId = subject.AccountId,
            Symbol = subject.Symbol,
            SubjectId = subject.Id,
        }));

    public void Flush()
    {
        if (_changes.Count == 0) return;
        var batch = new JournalBatch(NextSequence++, _changes) { Actor = _actor };
        _changes = [];
        TouchesLots = false;
        journal.Append(batch);
    }
}

/// <summary>What a tape event is about.</summary>
internal readonly record struct Subject(AccountId? AccountId = null, Symbol? Symbol = null, Guid? Id = null);
