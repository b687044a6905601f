using System.Security.Cryptography;
using System.Text;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What is done with what is held after an emergency stop: nothing, every leg locked, or every leg closed.</summary>
public enum EmergencyThen { None, LockAll, Flatten }

public enum EmergencyStepKind
{
    /// <summary>Opens against a leg until both sides are even.</summary>
    Lock,

    /// <summary>Closes what a broken lock no longer covers.</summary>
    CloseUncovered,

    /// <summary>Closes both sides of a lock.</summary>
    Unlock,

    /// <summary>Closes what no lock binds.</summary>
    Close,
}

/// <summary>One thing to do with one contract.</summary>
/// <param name="Leg">Null: both.</param>
/// <param name="LockId">The lock that is undone; null for legs on their own.</param>
/// <param name="Blocked">Why it would not be done now: <c>no_quote</c>, <c>session_closed</c>, <c>link_down</c>; null: it would.</param>
public sealed record EmergencyStep(AccountId AccountId, Symbol Symbol, EmergencyStepKind Kind, Side? Leg, Guid? LockId, Volume Volume, string? Blocked);

/// <summary>What an emergency stop would do to one account.</summary>
public sealed record EmergencyAccountPlan
{
    public required Account Account { get; init; }

    /// <summary>Its feed is the clock: no real money.</summary>
    public required bool Replay { get; init; }
    public required IReadOnlyList<Order> Cancels { get; init; }

    /// <summary>Orders that we hold and that would wait no longer.</summary>
    public IReadOnlyList<Locking.HeldOrder> Withdraws { get; init; } = [];

    /// <summary>Those of one contract follow one another, each when the orders of the one before it have ended.</summary>
    public required IReadOnlyList<EmergencyStep> Steps { get; init; }
    public required decimal MarginBefore { get; init; }

    /// <summary>When everything that is not blocked is filled at the price it would be filled at now; null when a price is missing.</summary>
    public required decimal? MarginAfter { get; init; }

    /// <summary>What is held now; a lock freezes it and a close realises it, before fees; null when unknown.</summary>
    public required decimal? FloatingPnl { get; init; }
}

/// <summary>What an emergency stop would do.</summary>
public sealed record EmergencyPlan(EmergencyThen Then, IReadOnlyList<EmergencyAccountPlan> Accounts)
{
    /// <summary>Changes with anything that would be done, not with prices: whoever confirms says by it what they saw.</summary>
    public string Fingerprint { get; } = Hash(Then, Accounts);

    private static string Hash(EmergencyThen then, IReadOnlyList<EmergencyAccountPlan> accounts)
    {
        var text = new StringBuilder().Append(then);
        foreach (var plan in accounts)
        {
            text.Append('|').Append(plan.Account.Id);
            foreach (var order in plan.Cancels) text.Append(';').Append(order.Id);
            foreach (var held in plan.Withdraws) text.Append(';').Append(held.Id);
            foreach (var step in plan.Steps) text.Append(';').Append(step.Symbol).Append(' ').Append(step.Kind).Append(' ').Append(step.Leg).Append(' ').Append(step.LockId).Append(' ').Append(step.Volume).Append(' ').Append(step.Blocked);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }
}

/// <summary>紧急停止.</summary>
/// <param name="AccountId">Null: all accounts.</param>
/// <param name="Reason">The trader's words; may be empty.</param>
/// <param name="Shown">Fingerprint of the plan that was confirmed; needed to lock or to close.</param>
/// <param name="Force">Do what is to be done now, whatever was shown.</param>
public sealed record EmergencyRequest(AccountId? AccountId, EmergencyThen Then, string Reason, string? Shown = null, bool Force = false);
