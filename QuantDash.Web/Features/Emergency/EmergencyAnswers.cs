using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Emergency;

/// <param name="AccountId">All accounts when absent.</param>
/// <param name="Then">What is done with what is held: none (when absent), lock_all or flatten.</param>
public sealed record EmergencyPreviewBody(string? AccountId = null, EmergencyThen Then = EmergencyThen.None);

/// <param name="AccountId">All accounts when absent.</param>
/// <param name="Then">What is done with what is held: none (when absent), lock_all or flatten.</param>
/// <param name="Reason">At most 200 characters.</param>
/// <param name="Shown">The plan of the preview that was confirmed; required to lock or to close. 409 plan_changed with the new plan when it is another by now.</param>
/// <param name="Force">Do it whatever was shown.</param>
public sealed record EmergencyStopBody(string? AccountId = null, EmergencyThen Then = EmergencyThen.None, string? Reason = null, string? Shown = null, bool Force = false);

/// <param name="AccountId">All accounts when absent.</param>
/// <param name="Reason">At most 200 characters.</param>
public sealed record EmergencyResumeBody(string? AccountId = null, string? Reason = null);

/// <param name="Plan">Stands for everything below that would be done; give it as <c>shown</c>.</param>
public sealed record EmergencyPlanAnswer(EmergencyThen Then, string Plan, IReadOnlyList<EmergencyAccountAnswer> Accounts)
{
    public static EmergencyPlanAnswer Of(EmergencyPlan plan) => new(plan.Then, plan.Fingerprint, [.. plan.Accounts.Select(EmergencyAccountAnswer.Of)]);
}

/// <param name="Replay">Its feed is the clock: no real money.</param>
/// <param name="HaltedAt">Since when it takes no new exposure; null: it does.</param>
/// <param name="Cancels">Orders that are cancelled.</param>
/// <param name="Withdraws">Orders that we hold and that would wait no longer.</param>
/// <param name="MarginAfter">When every step that is not blocked is filled; null without a price.</param>
/// <param name="FloatingPnl">Of what is held now.</param>
public sealed record EmergencyAccountAnswer(
    Guid AccountId,
    string Name,
    bool Replay,
    DateTimeOffset? HaltedAt,
    string? HaltReason,
    IReadOnlyList<EmergencyCancelAnswer> Cancels,
    IReadOnlyList<Guid> Withdraws,
    IReadOnlyList<EmergencyStepAnswer> Steps,
    decimal MarginBefore,
    decimal? MarginAfter,
    decimal? FloatingPnl)
{
    public static EmergencyAccountAnswer Of(EmergencyAccountPlan plan) => new(
        plan.Account.Id.Value, plan.Account.Name, plan.Replay, plan.Account.Halt?.At, plan.Account.Halt?.Reason,
        [.. plan.Cancels.Select(EmergencyCancelAnswer.Of)], [.. plan.Withdraws.Select(held => held.Id)], [.. plan.Steps.Select(EmergencyStepAnswer.Of)], plan.MarginBefore, plan.MarginAfter, plan.FloatingPnl);
}

/// <param name="Volume">What is left of it.</param>
public sealed record EmergencyCancelAnswer(string OrderId, string Symbol, OrderPurpose Purpose, OrderSide Side, decimal Volume, decimal? Price)
{
    public static EmergencyCancelAnswer Of(Order order) => new(order.Id.Value, order.Symbol.ToString(), order.Purpose, order.Side, order.Remaining.Value, order.LimitPrice?.Value);
}

/// <param name="Leg">Absent: both.</param>
/// <param name="Blocked">no_quote, session_closed or link_down: it would not be done now.</param>
public sealed record EmergencyStepAnswer(string Symbol, EmergencyStepKind Kind, Side? Leg, Guid? LockId, decimal Volume, string? Blocked)
{
    public static EmergencyStepAnswer Of(EmergencyStep step) => new(step.Symbol.ToString(), step.Kind, step.Leg, step.LockId, step.Volume.Value, step.Blocked);
}

public sealed record EmergencyResumeAnswer(IReadOnlyList<Guid> Accounts)
{
    public static EmergencyResumeAnswer Of(IReadOnlyList<Account> resumed) => new([.. resumed.Select(account => account.Id.Value)]);
}
