using QuantDash.Core.Markets.History;

namespace QuantDash.Core.Backtesting.Reports;

/// <summary>The benchmark of a run: the same funds in the same contract from the first open on, without leverage, costs or anything to decide. Pure.</summary>
public static class BuyAndHold
{
    /// <summary>From the first open to the last close; null without bars.</summary>
    public static double? Return(BarColumns bars) => bars.Count == 0 ? null : ((double)bars.Closes.Span[^1] / bars.Opens.Span[0]) - 1;

    /// <summary>Its equity at the close of each trading day.</summary>
    public static IReadOnlyList<double> ByDay(BarColumns bars, double cash)
    {
        var equity = new List<double>();
        var days = bars.TradingDays.Span;
        var closes = bars.Closes.Span;
        for (var i = 0; i < bars.Count; i++)
        {
            if (i + 1 < bars.Count && days[i + 1] == days[i]) continue;
            equity.Add(cash * closes[i] / bars.Opens.Span[0]);
        }

        return equity;
    }
}
