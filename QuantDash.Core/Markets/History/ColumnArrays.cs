namespace QuantDash.Core.Markets.History;

/// <summary>The arrays behind <see cref="BarColumns"/> while they are filled; whoever hands them over writes to them no more.</summary>
public sealed record ColumnArrays(
    long[] Starts, long[] Ends, int[] TradingDays, long[] Opens, long[] Highs, long[] Lows, long[] Closes, double[] Volumes, double[] OpenInterests)
{
    public ColumnArrays(int count)
        : this(new long[count], new long[count], new int[count], new long[count], new long[count], new long[count], new long[count], new double[count], new double[count])
    {
    }

    public void Set(int index, in HistoryBar bar)
    {
        Starts[index] = bar.Start;
        Ends[index] = bar.End;
        TradingDays[index] = bar.TradingDay;
        Opens[index] = bar.Open;
        Highs[index] = bar.High;
        Lows[index] = bar.Low;
        Closes[index] = bar.Close;
        Volumes[index] = bar.Volume;
        OpenInterests[index] = bar.OpenInterest;
    }

    /// <summary>Copies of [<paramref name="first"/>, <paramref name="end"/>).</summary>
    public ColumnArrays Slice(int first, int end) => new(
        Starts[first..end], Ends[first..end], TradingDays[first..end], Opens[first..end], Highs[first..end], Lows[first..end], Closes[first..end],
        Volumes[first..end], OpenInterests[first..end]);
}
