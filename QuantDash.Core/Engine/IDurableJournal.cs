namespace QuantDash.Core.Engine;

/// <summary>The journal as its owner sees it. Events come on the writer's own thread: hand them on, do not work in them.</summary>
public interface IDurableJournal : IJournal
{
    /// <summary>Another program changed our rows with SQL. Never our own writes.</summary>
    event Action<IReadOnlyList<OutsideEdit>> EditedOutside;

    JournalHealth Health { get; }

    /// <summary>Has it look at once for what another program changed, which it does by itself a few times a second; returns how many edits it found and handed on.</summary>
    Task<int> LookOutsideAsync();

    /// <summary>Switches a rule off in the database alone, because what another program wrote there cannot be taken over; the rest of the row stays
    /// as that program left it.</summary>
    Task DisableRuleAsync(Guid ruleId, string reason);
}
