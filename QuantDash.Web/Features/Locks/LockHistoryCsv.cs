using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Locks;

/// <summary>The history as CSV, newest first, written while it is read: a long past needs no memory.</summary>
internal static class LockHistoryCsv
{
    private static readonly string[] TriggerColumns =
    [
        "id", "config_id", "account_id", "symbol", "direction", "trigger_type", "trigger_condition", "trigger_price", "trigger_profit", "tick_timestamp", "lock_volume", "filled_volume",
        "execution_status", "auto_execute", "shadow", "triggered_at", "execution_time", "execution_result", "error_message", "stage", "action", "lock_id",
    ];

    private static readonly string[] ExecutionColumns =
        ["id", "trigger_id", "lock_id", "account_id", "symbol", "direction", "lock_volume", "lock_price", "locked_profit", "fee", "execution_method", "executed_at"];

    public static void MapLockHistoryCsv(this IEndpointRouteBuilder app)
    {
        var csv = app.MapGroup("/api/lock").RequireAuthorization(Scopes.Read).WithTags("Locks");
        csv.MapGet("triggers.csv", TriggersAsync).WithSummary("Triggers as CSV, newest first (status, trigger_type, account_id, symbol, config_id, since, before)");
        csv.MapGet("executions.csv", ExecutionsAsync).WithSummary("Executions as CSV, newest first (account_id, symbol, since, before)");
    }

    private static async Task<IResult> TriggersAsync(HttpContext context, LockQuery query, ILockHistory history, CancellationToken stop)
    {
        var (fields, filter) = await query.ReadAsync(context, stop);
        filter = filter with { ConfigId = fields.Id("config_id"), Status = fields.Choice<TriggerStatus>("status"), Condition = fields.Choice<ConditionKind>("trigger_type") };
        if (fields.Problems.Count > 0) return ProblemAnswer.Of(fields.Problems);
        return CsvAnswer.Of("triggers.csv", TriggerColumns, page => history.TriggersAsync(filter, page, stop), t =>
        [
            t.Id, t.ConfigId, t.AccountId.Value, t.Symbol.ToString(), WireNames<Side>.Of(t.Direction), WireNames<ConditionKind>.Of(t.Condition), t.TriggerCondition, t.TriggerPrice.Value,
            t.TriggerProfit, t.TickTimestamp, t.LockVolume.Value, t.FilledVolume.Value, WireNames<TriggerStatus>.Of(t.Status), t.AutoExecute, t.Shadow, t.TriggeredAt, t.ExecutionTime,
            t.ExecutionResult, t.ErrorMessage, t.Stage, WireNames<LockAction>.Of(t.Action), t.LockId,
        ]);
    }

    private static async Task<IResult> ExecutionsAsync(HttpContext context, LockQuery query, ILockHistory history, CancellationToken stop)
    {
        var (fields, filter) = await query.ReadAsync(context, stop);
        if (fields.Problems.Count > 0) return ProblemAnswer.Of(fields.Problems);
        return CsvAnswer.Of("executions.csv", ExecutionColumns, page => history.ExecutionsAsync(filter, page, stop), e =>
        [
            e.Id, e.TriggerId, e.LockId, e.AccountId.Value, e.Symbol.ToString(), WireNames<Side>.Of(e.Direction), e.LockVolume.Value, e.LockPrice.Value, e.LockedProfit, e.Fee,
            WireNames<ExecutionMethod>.Of(e.Method), e.ExecutedAt,
        ]);
    }
}
