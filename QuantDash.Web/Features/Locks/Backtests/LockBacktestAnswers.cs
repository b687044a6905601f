using QuantDash.Core.Backtesting;
using QuantDash.Core.Backtesting.Locks;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Performance;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks.Backtests;

/// <summary>What may be asked; of a stored rule, or of one that is written out.</summary>
/// <param name="ConfigId">The stored rule.</param>
/// <param name="Rule">The columns of a rule that is not stored; instead of <paramref name="ConfigId"/>.</param>
/// <param name="Beside">The other enabled rules of the same leg run beside it.</param>
/// <param name="Compare">Lock against close against hold, instead of would it have fired; of backtest only.</param>
/// <param name="Changes">The columns that are to be different; of preview only.</param>
/// <param name="Source">Where the ticks or bars are stored; the account's source when absent.</param>
/// <param name="From">First trading day; five stored days back when absent.</param>
/// <param name="Bars">A timeframe such as 1m: bars stand in for ticks.</param>
/// <param name="Path">The order of prices within a bar.</param>
/// <param name="SpreadTicks">Bid and ask of such ticks, each so far from the last price.</param>
/// <param name="Volume">Held at the beginning; what is held now when absent.</param>
/// <param name="OpenPrice">The first tick's when absent and a volume is given.</param>
/// <param name="ConfirmAfter">Seconds after which somebody confirms a rule that asks; nobody when absent.</param>
/// <param name="X">Of sweep.</param>
public sealed record LockBacktestBody(
    Guid? ConfigId, LockRuleBody? Rule, bool? Beside, bool? Compare, LockRuleBody? Changes, string? Source, DateOnly? From, DateOnly? To, string? Bars, BarPath? Path, int? SpreadTicks,
    decimal? Volume, decimal? OpenPrice, bool? AtFirstTick, DateOnly? OpenedOn, decimal? Cash, int? ConfirmAfter, LockAxisAsk? X, LockAxisAsk? Y);

/// <param name="Question">fire, compare, change or sweep.</param>
/// <param name="Fired">Would it have fired.</param>
/// <param name="Comparison">Lock, close and hold.</param>
/// <param name="Change">The rule as it is and as it would be.</param>
public sealed record LockBacktestAnswer(
    Guid Id, LockQuestion Question, LockBacktestState State, double Progress, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, Guid ConfigId, string Symbol, string Source, DateOnly From, DateOnly To,
    string? Error, IReadOnlyList<string> Refused, LockRunAnswer? Fired, LockComparisonAnswer? Comparison, LockChangeAnswer? Change, LockSweepAnswer? Sweep)
{
    public static LockBacktestAnswer Of(LockBacktestStatus run, bool whole)
    {
        var (ask, outcome) = (run.Plan.Ask, whole ? run.Outcome : null);
        return new(
            run.Id, ask.Question, run.State, run.Progress, run.StartedAt, run.EndedAt, ask.Rule.Id, ask.Rule.Symbol.ToString(), run.Plan.Source.Value, run.Plan.From, run.Plan.To,
            run.Error, [.. run.Problems.Select(problem => problem.Code)],
            LockRunAnswer.Of(outcome?.Fired),
            outcome?.Comparison is { } compared ? new(LockRunAnswer.Of(compared.Locked), [.. compared.WhyNotLocked.Select(problem => problem.Code)], LockRunAnswer.Of(compared.Closed)!, LockRunAnswer.Of(compared.Held)!) : null,
            outcome?.Change is { } change ? LockChangeAnswer.Of(change) : null,
            outcome?.Sweep is { } sweep ? LockSweepAnswer.Of(sweep) : null);
    }
}

/// <summary>What one run did.</summary>
/// <param name="Nearest">How near it came, where it never fired.</param>
/// <param name="NotEvaluated">Why no condition was ever looked at; null otherwise.</param>
/// <param name="MaxDrawdown">0 or less.</param>
/// <param name="Bars">How ticks were made of bars; null: they were stored.</param>
public sealed record LockRunAnswer(
    bool HasFired, IReadOnlyList<LockFiringAnswer> Firings, NearestAnswer? Nearest, string? NotEvaluated, IReadOnlyList<LockFillAnswer> Fills, int Orders, int Locks,
    decimal? StartEquity, decimal? FinalEquity, decimal? Profit, decimal Fees, decimal MaxDrawdown, decimal MarginPeak, long Ticks, long RefusedTicks, DateTimeOffset From, DateTimeOffset To,
    BarAssumption? Bars, IReadOnlyList<LockEquityAnswer> Equity)
{
    public static LockRunAnswer? Of(LockBacktestResult? run) => run is null ? null : Of(run, run.Rules is [var first, ..] ? first : null);

    private static LockRunAnswer Of(LockBacktestResult run, RuleAnswer? asked) => new(
        asked?.Fired ?? false, [.. run.Firings.Select(LockFiringAnswer.Of)], NearestAnswer.Of(asked?.Nearest), asked?.Why,
        [.. run.Trades.Select(LockFillAnswer.Of)], run.Orders.Count, run.Locks.Count, run.StartEquity, run.FinalEquity, run.Profit, run.Fees, run.MaxDrawdown, run.MarginPeak, run.Ticks, run.Refused,
        run.From, run.To, run.Bars, [.. run.Equity.Select(LockEquityAnswer.Of)]);
}

public sealed record LockEquityAnswer(DateTimeOffset At, decimal Equity)
{
    public static LockEquityAnswer Of(EquitySample sample) => new(sample.At, sample.Equity);
}

public sealed record LockFiringAnswer(
    Guid ConfigId, ConditionKind Condition, int Stage, DateTimeOffset TickTimestamp, decimal TriggerPrice, string TriggerCondition, decimal LockVolume, decimal FilledVolume, TriggerStatus Status,
    decimal? LockPrice, decimal? LockedProfit, decimal? Fee, string? ErrorMessage)
{
    public static LockFiringAnswer Of(LockFiring firing) => new(
        firing.Trigger.ConfigId, firing.Trigger.Condition, firing.Trigger.Stage, firing.Trigger.TickTimestamp, firing.Trigger.TriggerPrice.Value, firing.Trigger.TriggerCondition, firing.Trigger.LockVolume.Value,
        firing.Trigger.FilledVolume.Value, firing.Trigger.Status, firing.Execution?.LockPrice.Value, firing.Execution?.LockedProfit, firing.Execution?.Fee, firing.Trigger.ErrorMessage);
}

public sealed record LockFillAnswer(DateTimeOffset At, OrderSide Side, Offset Offset, decimal Price, decimal Volume, decimal Fee)
{
    public static LockFillAnswer Of(Trade trade) => new(trade.Fill.OccurredAt, trade.Fill.Side, trade.Fill.Offset, trade.Fill.Price.Value, trade.Fill.Volume.Value, trade.Accounting.Fee);
}

/// <param name="DistanceTicks">From what it looked at to its level.</param>
public sealed record NearestAnswer(ConditionKind Condition, DateTimeOffset At, long DistanceTicks, decimal? Now, decimal? Level)
{
    public static NearestAnswer? Of(NearestMoment? nearest) => nearest is null ? null : new(nearest.Condition, nearest.At, nearest.DistanceTicks, nearest.Now, nearest.Level?.Value);
}

/// <param name="Lock">Null: it cannot be locked there, for <paramref name="WhyNotLocked"/>.</param>
public sealed record LockComparisonAnswer(LockRunAnswer? Lock, IReadOnlyList<string> WhyNotLocked, LockRunAnswer Close, LockRunAnswer Hold);

/// <param name="Difference">By how much the change would have been better at the end.</param>
public sealed record LockChangeAnswer(LockRunAnswer Before, LockRunAnswer After, decimal? Difference, decimal FeesDifference, IReadOnlyList<LockFiringAnswer> OnlyBefore, IReadOnlyList<LockFiringAnswer> OnlyAfter)
{
    public static LockChangeAnswer Of(LockChange change) => new(
        LockRunAnswer.Of(change.Before)!, LockRunAnswer.Of(change.After)!, change.Difference, change.FeesDifference, [.. change.OnlyBefore.Select(LockFiringAnswer.Of)], [.. change.OnlyAfter.Select(LockFiringAnswer.Of)]);
}

/// <param name="Cells">Row by row.</param>
/// <param name="HoldProfit">Of the same span without any rule.</param>
public sealed record LockSweepAnswer(LockParameter X, IReadOnlyList<decimal> XValues, LockParameter? Y, IReadOnlyList<decimal> YValues, IReadOnlyList<LockCellAnswer> Cells, LockCellAnswer? Best, decimal? HoldProfit)
{
    public static LockSweepAnswer Of(LockSweepOutcome sweep) => new(
        sweep.X, sweep.Xs, sweep.Y, sweep.Ys, [.. sweep.Cells.Select(LockCellAnswer.Of)], sweep.Best is { } best ? LockCellAnswer.Of(best) : null, sweep.Held.Profit);
}

/// <param name="Refused">The code of why no rule with these values can be; null: it ran.</param>
public sealed record LockCellAnswer(decimal X, decimal? Y, int Firings, decimal? FinalEquity, decimal? Profit, decimal? Fees, decimal? MaxDrawdown, string? Refused)
{
    public static LockCellAnswer Of(LockSweepCell cell) => new(cell.X, cell.Y, cell.Firings, cell.FinalEquity, cell.Profit, cell.Fees, cell.MaxDrawdown, cell.Refused?.Code);
}

/// <param name="Items">One line a rule and condition.</param>
/// <param name="Total">Of all.</param>
/// <param name="LaterMinutes">After a fill: the price of then says whether it came too early.</param>
/// <param name="IsCut">Only the latest firings were judged.</param>
public sealed record FiringStatisticsAnswer(IReadOnlyList<FiringLineAnswer> Items, string? NextCursor, FiringLineAnswer Total, int LaterMinutes, bool IsCut);

/// <param name="SlippageTicks">From the deciding price to the average fill, against the leg above zero.</param>
/// <param name="Regret">What the leg would have made until then without the firing, summed: above zero it came too early.</param>
public sealed record FiringLineAnswer(
    Guid? ConfigId, ConditionKind? Condition, string? Symbol, Side? Direction, int Firings, int Open, int Executed, int PartiallyExecuted, int Failed, int Expired, int Cancelled, double? ExecutedShare,
    double? SecondsToFill, double? SlippageTicks, string? Currency, decimal? LockedProfit, decimal? Fees, int Regretted, decimal? Regret)
{
    public static FiringLineAnswer Of(FiringStatistics line) => new(
        line.RuleId, line.Condition, line.Symbol?.ToString(), line.Direction, line.Firings, line.Open, line.Executed, line.Partly, line.Failed, line.Expired, line.Declined, line.ExecutedShare,
        line.SecondsToFill, line.SlippageTicks, line.Currency?.Code, line.LockedProfit, line.Fees, line.Regretted, line.Regret);
}
