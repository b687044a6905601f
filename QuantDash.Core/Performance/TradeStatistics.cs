namespace QuantDash.Core.Performance;

/// <summary>A trade that closed something: its result against open prices (逐笔) and its own fee.</summary>
public readonly record struct ClosedTrade(DateTimeOffset At, decimal RealisedPnl, decimal Fee)
{
    /// <summary>After the fee of closing; that of opening belongs to the trade that opened.</summary>
    public decimal Net => RealisedPnl - Fee;
}

/// <summary>How the trades that closed something went, each after its fee.</summary>
public sealed record TradeStatistics
{
    public required int Count { get; init; }
    public required int Wins { get; init; }
    public required int Losses { get; init; }

    /// <summary>Wins ÷ all; null without trades.</summary>
    public decimal? WinRate => Count == 0 ? null : (decimal)Wins / Count;
    public decimal? AverageWin { get; init; }

    /// <summary>Below zero.</summary>
    public decimal? AverageLoss { get; init; }

    /// <summary>Average win ÷ |average loss| (盈亏比).</summary>
    public decimal? WinToLoss => AverageWin / -AverageLoss;

    /// <summary>Σ gains ÷ |Σ losses|; null when nothing was lost.</summary>
    public decimal? ProfitFactor { get; init; }

    /// <summary>Mean result of a trade.</summary>
    public decimal? Expectancy { get; init; }
    public decimal? LargestWin { get; init; }
    public decimal? LargestLoss { get; init; }
    public required int LongestLosingRun { get; init; }

    /// <param name="trades">In order of time.</param>
    public static TradeStatistics Of(IReadOnlyCollection<ClosedTrade> trades)
    {
        var wins = trades.Where(t => t.Net > 0).Select(t => t.Net).ToList();
        var losses = trades.Where(t => t.Net < 0).Select(t => t.Net).ToList();
        return new()
        {
            Count = trades.Count,
            Wins = wins.Count,
            Losses = losses.Count,
            AverageWin = wins.Count == 0 ? null : wins.Average(),
            AverageLoss = losses.Count == 0 ? null : losses.Average(),
            ProfitFactor = losses.Count == 0 ? null : wins.Sum() / -losses.Sum(),
            Expectancy = trades.Count == 0 ? null : trades.Average(t => t.Net),
            LargestWin = wins.Count == 0 ? null : wins.Max(),
            LargestLoss = losses.Count == 0 ? null : losses.Min(),
            LongestLosingRun = LongestRun(trades.Select(t => t.Net < 0)),
        };
    }

    private static int LongestRun(IEnumerable<bool> lost)
    {
        int run = 0, longest = 0;
        foreach (var one in lost)
        {
            run = one ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }
}
