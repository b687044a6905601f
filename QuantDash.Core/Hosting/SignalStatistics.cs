using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Hosting;

/// <summary>One signal with what is needed to judge it.</summary>
/// <param name="Mode">Of the run it belongs to; null: not known any more.</param>
/// <param name="PriceTick">Of its contract then; null: not known any more.</param>
public sealed record JudgedSignal(StrategySignal Signal, StrategyMode? Mode, decimal? PriceTick);

/// <summary>Why signals were not filled, or not wholly.</summary>
/// <param name="Code">Of the rule that refused them; null: they ended for another reason.</param>
/// <param name="Message">Of the latest of them, with its numbers.</param>
/// <param name="Values">The numbers of the rule, of the latest of them.</param>
public sealed record SignalReason(string? Code, string Message, IReadOnlyList<string> Values, int Signals);

/// <summary>How signals of one kind went. A mean is null where nothing of it is known.</summary>
/// <param name="Mode">Null: of several.</param>
/// <param name="Symbol">Null: of several.</param>
/// <param name="Action">Null: of several.</param>
/// <param name="Type">Null: of several.</param>
/// <param name="Open">Something may still come of them.</param>
/// <param name="Filled">All of what was asked for.</param>
/// <param name="Partly">Some of it, and no more comes.</param>
/// <param name="Refused">By a rule, before they became an order.</param>
/// <param name="Cancelled">Ended without a trade for another reason: taken back, or rejected at the venue.</param>
/// <param name="MeanSecondsToFill">From the signal to its last fill, of those that were wholly filled.</param>
/// <param name="MedianSecondsToFill">Half of them took longer.</param>
/// <param name="Priced">Those whose slippage is known.</param>
/// <param name="SlippageTicks">Mean, in ticks, against the trader above zero: at the market from the last price that was seen with the signal, of a stop from its level. A limit has none.</param>
/// <param name="Reasons">The most frequent first.</param>
public sealed record SignalStatistics(
    StrategyMode? Mode, Symbol? Symbol, SignalAction? Action, StrategyOrderType? Type, int Signals, int Open, int Filled, int Partly, int Refused, int Cancelled,
    double? MeanSecondsToFill, double? MedianSecondsToFill, int Priced, double? SlippageTicks, IReadOnlyList<SignalReason> Reasons)
{
    /// <summary>Filled wholly or in part ÷ those that are over; null: none is.</summary>
    public double? FilledShare => Signals > Open ? (double)(Filled + Partly) / (Signals - Open) : null;

    /// <summary>One line a mode, contract, action and kind of order, those with most signals first.</summary>
    public static IReadOnlyList<SignalStatistics> ByKind(IReadOnlyCollection<JudgedSignal> signals) =>
    [
        .. signals.GroupBy(one => (one.Mode, one.Signal.Symbol, one.Signal.Action, one.Signal.Type)).Select(group => Of([.. group]))
            .OrderByDescending(line => line.Signals).ThenBy(line => line.Symbol?.ToString(), StringComparer.Ordinal).ThenBy(line => line.Action).ThenBy(line => line.Type).ThenBy(line => line.Mode),
    ];

    public static SignalStatistics Of(IReadOnlyCollection<JudgedSignal> signals)
    {
        var (filled, partly, refused, cancelled) = (new List<StrategySignal>(), 0, 0, 0);
        foreach (var signal in signals.Select(one => one.Signal).Where(signal => signal.IsOver))
        {
            if (signal.FilledVolume.Value > 0m && signal.FilledVolume.Value >= signal.Volume.Value) filled.Add(signal);
            else if (signal.FilledVolume.Value > 0m) partly++;
            else if (signal.ProblemCode is not null) refused++;
            else cancelled++;
        }

        List<double> seconds = [.. filled.Select(signal => (signal.UpdatedAt - signal.TriggerTime).TotalSeconds).Order()];
        List<double> slippages = [.. signals.Select(Slippage).OfType<double>()];
        return new(
            Single(signals.Select(one => one.Mode)), Single(signals.Select(one => (Symbol?)one.Signal.Symbol)), Single(signals.Select(one => (SignalAction?)one.Signal.Action)),
            Single(signals.Select(one => (StrategyOrderType?)one.Signal.Type)), signals.Count, signals.Count(one => !one.Signal.IsOver), filled.Count, partly, refused, cancelled,
            Mean(seconds), Median(seconds), slippages.Count, Mean(slippages), ReasonsOf(signals));
    }

    private static List<SignalReason> ReasonsOf(IEnumerable<JudgedSignal> signals) =>
    [
        .. signals.Select(one => one.Signal).Where(signal => signal.IsOver && (signal.ProblemCode ?? signal.ErrorMessage) is not null)
            .GroupBy(signal => signal.ProblemCode ?? signal.ErrorMessage, StringComparer.Ordinal)
            .Select(group => (Count: group.Count(), Latest: group.MaxBy(signal => (signal.TriggerTime, signal.Number))!))
            .Select(one => new SignalReason(one.Latest.ProblemCode, one.Latest.ErrorMessage ?? "", one.Latest.ProblemValues, one.Count))
            .OrderByDescending(reason => reason.Signals).ThenBy(reason => reason.Code ?? reason.Message, StringComparer.Ordinal),
    ];

    private static double? Slippage(JudgedSignal one)
    {
        var signal = one.Signal;
        var decided = signal.Type switch { StrategyOrderType.Market => signal.TriggerPrice, StrategyOrderType.Stop => signal.Price, _ => null };
        if (decided is not { } from || signal.AverageFillPrice is not { } to || one.PriceTick is not { } tick) return null;
        return (double)((to.Value - from.Value) / tick) * (signal.Side == OrderSide.Buy ? 1 : -1);
    }

    private static double? Mean(List<double> values) => values.Count > 0 ? values.Average() : null;

    private static double? Median(List<double> sorted) => sorted.Count > 0 ? (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2 : null;

    private static T? Single<T>(IEnumerable<T?> values)
        where T : struct
    {
        var all = values.Distinct().Take(2).ToList();
        return all.Count == 1 ? all[0] : null;
    }
}
