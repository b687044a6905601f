using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What another program changed in our tables with SQL of its own. It stands in the database already; the engine takes it over.</summary>
public abstract record OutsideEdit
{
    private OutsideEdit() { }

    /// <summary>Inserted or updated, and readable; whether it makes sense for its contract is for the engine to say.</summary>
    public sealed record RuleChanged(LockRule Rule) : OutsideEdit;

    /// <summary>The row cannot be read as a rule: it has been disabled in the database with <paramref name="Reason"/> and must not be watched.</summary>
    public sealed record RuleInvalid(Guid RuleId, string Reason) : OutsideEdit;

    public sealed record RuleRemoved(Guid RuleId) : OutsideEdit;

    /// <summary>The limits of an account as they stand now.</summary>
    public sealed record LimitsChanged(AccountId AccountId, IReadOnlyList<StoredLimits> Limits) : OutsideEdit;

    /// <summary>One row of limits was deleted.</summary>
    public sealed record LimitsRemoved(Guid Id) : OutsideEdit;

    /// <summary>Its status or texts were changed, e.g. a failed trigger marked as executed by hand or cancelled.</summary>
    public sealed record TriggerChanged(LockTrigger Trigger) : OutsideEdit;

    /// <summary>The row cannot be read as a trigger any more; ours stands.</summary>
    public sealed record TriggerInvalid(Guid TriggerId, string Reason) : OutsideEdit;
}
