using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>Which entries of an account's books are wanted; null: any. <see cref="Since"/> is inclusive, <see cref="Before"/> exclusive.</summary>
public sealed record FundsFilter
{
    public AccountId? AccountId { get; init; }

    /// <summary>Cash booked on this trading day, or its settlement.</summary>
    public DateOnly? TradingDay { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Before { get; init; }
}

/// <summary>Funds of an account at one instant, as recorded.</summary>
public sealed record EquityPoint(DateTimeOffset At, Funds Funds);

/// <summary>Equity points, cash flow and settlements ever recorded, newest first, from the database.</summary>
public interface IFundsHistory
{
    Task<Page<EquityPoint>> EquityAsync(FundsFilter filter, PageRequest page, CancellationToken stop = default);

    Task<Page<CashFlow>> CashFlowAsync(FundsFilter filter, PageRequest page, CancellationToken stop = default);

    Task<Page<AccountSettlement>> SettlementsAsync(FundsFilter filter, PageRequest page, CancellationToken stop = default);
}
