using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>lock_executions</c>.</summary>
internal sealed class LockExecutionRow
{
    public Guid Id { get; set; }
    public Guid TriggerId { get; set; }
    public Guid? LockId { get; set; }
    public Guid AccountId { get; set; }
    public required string Symbol { get; set; }
    public required string Direction { get; set; }
    public decimal LockVolume { get; set; }
    public decimal LockPrice { get; set; }
    public decimal? LockedProfit { get; set; }
    public decimal Fee { get; set; }
    public required string ExecutionMethod { get; set; }
    public DateTimeOffset ExecutedAt { get; set; }

    public static LockExecutionRow From(LockExecution execution) => new()
    {
        Id = execution.Id,
        TriggerId = execution.TriggerId,
        LockId = execution.LockId,
        AccountId = execution.AccountId.Value,
        Symbol = execution.Symbol.ToString(),
        Direction = EnumText<Side>.Of(execution.Direction),
        LockVolume = execution.LockVolume.Value,
        LockPrice = execution.LockPrice.Value,
        LockedProfit = execution.LockedProfit,
        Fee = execution.Fee,
        ExecutionMethod = EnumText<ExecutionMethod>.Of(execution.Method),
        ExecutedAt = execution.ExecutedAt,
    };

    public LockExecution ToExecution() => new()
    {
        Id = Id,
        TriggerId = TriggerId,
        LockId = LockId,
        AccountId = new(AccountId),
        Symbol = Core.Primitives.Symbol.ParseCanonical(Symbol),
        Direction = EnumText<Side>.Parse(Direction),
        LockVolume = new(LockVolume),
        LockPrice = new(LockPrice),
        LockedProfit = LockedProfit,
        Fee = Fee,
        Method = EnumText<ExecutionMethod>.Parse(ExecutionMethod),
        ExecutedAt = ExecutedAt,
    };
}
