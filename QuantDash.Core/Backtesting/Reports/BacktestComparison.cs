using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting.Reports;

/// <summary>Two runs held against one another by their trades. Pure.</summary>
/// <param name="Both">Round trips of the same side, volume, times and prices.</param>
/// <param name="OnlyFirst">In order of time.</param>
/// <param name="OnlySecond">In order of time.</param>
public sealed record BacktestComparison(int Both, IReadOnlyList<ReportedTrade> OnlyFirst, IReadOnlyList<ReportedTrade> OnlySecond)
{
    public static BacktestComparison Of(IReadOnlyList<ReportedTrade> first, IReadOnlyList<ReportedTrade> second)
    {
        var unmatched = second.GroupBy(Key).ToDictionary(group => group.Key, group => new Queue<ReportedTrade>(group));
        var only = new List<ReportedTrade>();
        foreach (var trade in first)
        {
            if (!unmatched.TryGetValue(Key(trade), out var same) || !same.TryDequeue(out _)) only.Add(trade);
        }

        return new(first.Count - only.Count, only, [.. unmatched.Values.SelectMany(queue => queue).OrderBy(trade => trade.EntryTime).ThenBy(trade => trade.ExitTime)]);
    }

    private static (Side Side, decimal Volume, DateTimeOffset Entry, decimal EntryPrice, DateTimeOffset Exit, decimal ExitPrice) Key(ReportedTrade trade) =>
        (trade.Side, trade.Volume, trade.EntryTime, trade.EntryPrice, trade.ExitTime, trade.ExitPrice);
}
