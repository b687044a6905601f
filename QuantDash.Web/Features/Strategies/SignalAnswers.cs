using QuantDash.Core.Hosting;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Web.Features.Strategies;

/// <summary>An order that a strategy asked for: a row of <c>strategy_triggers</c>.</summary>
/// <param name="Problem">Code of the rule that refused it, with its values; null: none did.</param>
public sealed record SignalAnswer(
    Guid Id, string StrategyName, DateTimeOffset TriggerTime, string TriggerCondition, decimal? TriggerPrice, SignalAction ActionType, string Symbol, OrderSide Side, Offset Offset, StrategyOrderType Type, decimal? Price, decimal Volume,
    decimal FilledVolume, decimal? AveragePrice, SignalResult ExecutionResult, bool IsOver, string? OrderId, string? ErrorMessage, string? Problem, IReadOnlyList<string> ProblemValues)
{
    public static SignalAnswer Of(StrategySignal signal) => new(
        signal.Id, signal.StrategyName, signal.TriggerTime, signal.TriggerCondition, signal.TriggerPrice?.Value, signal.Action, signal.Symbol.ToString(), signal.Side, signal.Offset, signal.Type, signal.Price?.Value, signal.Volume.Value,
        signal.FilledVolume.Value, signal.AverageFillPrice?.Value, signal.Result, signal.IsOver, signal.OrderId?.Value, signal.ErrorMessage, signal.ProblemCode, signal.ProblemValues);
}

/// <param name="Items">One line a mode, contract, action and kind of order.</param>
/// <param name="Total">Of all.</param>
/// <param name="IsCut">Only the latest signals were judged.</param>
public sealed record SignalStatisticsAnswer(IReadOnlyList<SignalLineAnswer> Items, string? NextCursor, SignalLineAnswer Total, bool IsCut);

/// <param name="Cancelled">Ended without a trade, and no rule refused them: taken back, or rejected at the venue.</param>
/// <param name="FilledShare">Filled wholly or in part ÷ those that are over.</param>
/// <param name="MeanSecondsToFill">From the signal to its last fill, of those that were wholly filled.</param>
/// <param name="SlippageTicks">Mean, against the trader above zero: at the market from the last price that was seen, of a stop from its level.</param>
/// <param name="Priced">Those whose slippage is known.</param>
public sealed record SignalLineAnswer(
    StrategyMode? Mode, string? Symbol, SignalAction? ActionType, StrategyOrderType? Type, int Signals, int Open, int Filled, int PartiallyFilled, int Refused, int Cancelled, double? FilledShare,
    double? MeanSecondsToFill, double? MedianSecondsToFill, double? SlippageTicks, int Priced, IReadOnlyList<SignalReasonAnswer> Reasons)
{
    public static SignalLineAnswer Of(SignalStatistics line) => new(
        line.Mode, line.Symbol?.ToString(), line.Action, line.Type, line.Signals, line.Open, line.Filled, line.Partly, line.Refused, line.Cancelled, line.FilledShare,
        line.MeanSecondsToFill, line.MedianSecondsToFill, line.SlippageTicks, line.Priced, [.. line.Reasons.Select(reason => new SignalReasonAnswer(reason.Code, reason.Message, reason.Values, reason.Signals))]);
}

/// <summary>Why signals were not filled, or not wholly; message and values are of the latest of them.</summary>
public sealed record SignalReasonAnswer(string? Problem, string ErrorMessage, IReadOnlyList<string> ProblemValues, int Signals);
