namespace QuantDash.Core.Audit;

/// <summary>What is wrong with a chain.</summary>
public enum AuditFault
{
    /// <summary>An entry does not hash to what stands beside it, or does not continue the one before: it, or the one before, was changed.</summary>
    Altered,

    /// <summary>Numbers are left out: entries were removed.</summary>
    Missing,

    /// <summary>The chain holds by itself, but not with what was noted outside the database when it was written: it was made anew from here on.</summary>
    Rewritten,

    /// <summary>There are entries, and nothing was noted outside the database to hold them against.</summary>
    NoWitness,
}

/// <summary>The outcome of looking through a chain.</summary>
/// <param name="Entries">How many were looked at.</param>
/// <param name="Fault">Null when all is well.</param>
/// <param name="At">The number of the first entry that is wrong or missing.</param>
public readonly record struct AuditVerdict(long Entries, AuditHead Head, AuditFault? Fault, long? At)
{
    public bool IsWhole => Fault is null;
}

/// <summary>Looks through a chain from its first entry, holding it against what a witness outside the database noted.</summary>
public sealed class AuditCheck : IDisposable
{
    private readonly IEnumerator<AuditHead> _noted;
    private readonly bool _hasWitness;
    private bool _isNoted;
    private AuditHead _head = AuditHead.None;
    private long _entries;
    private AuditFault? _fault;
    private long? _at;

    /// <param name="witness">What was noted, in the order it was; read as the entries come.</param>
    public AuditCheck(IEnumerable<AuditHead> witness)
    {
        _noted = witness.GetEnumerator();
        _hasWitness = _isNoted = _noted.MoveNext();
    }

    /// <summary>The next entry by number.</summary>
    public void Take(AuditEntry entry)
    {
        _entries++;
        if (_fault is not null) return;
        if (entry.Number != _head.Number + 1) Fail(AuditFault.Missing, _head.Number + 1);
        else if (entry.Hash != AuditChain.HashOf(_head.Hash, entry.Number, entry)) Fail(AuditFault.Altered, entry.Number);
        else if (IsContradicted(entry)) Fail(AuditFault.Rewritten, entry.Number);
        else _head = AuditChain.HeadAt(entry);
    }

    /// <summary>The next entry holds what no entry can.</summary>
    public void TakeUnreadable()
    {
        _entries++;
        if (_fault is null) Fail(AuditFault.Altered, _head.Number + 1);
    }

    /// <summary>After the last entry. The head is that of the part which holds.</summary>
    public AuditVerdict Finish()
    {
        if (_fault is null && _isNoted) Fail(AuditFault.Missing, _head.Number + 1);
        if (_fault is null && !_hasWitness && _entries > 0) Fail(AuditFault.NoWitness, 1);
        return new(_entries, _head, _fault, _at);
    }

    public void Dispose() => _noted.Dispose();

    private bool IsContradicted(AuditEntry entry)
    {
        // A witness that was begun later knows nothing of what was before.
        if (!_isNoted || _noted.Current.Number > entry.Number) return false;
        var contradicts = _noted.Current != AuditChain.HeadAt(entry);
        _isNoted = _noted.MoveNext();
        return contradicts;
    }

    private void Fail(AuditFault fault, long at) => (_fault, _at) = (fault, at);
}
