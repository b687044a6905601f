using QuantDash.Core.Simulation;

namespace QuantDash.Core.Backtesting;

/// <summary>How much worse than the price of the bar an order at the market is filled.</summary>
public abstract record SlippageModel
{
    private SlippageModel()
    {
    }

    public static SlippageModel None { get; } = new Ticks(0);

    /// <param name="ticks">Price of the bar in ticks.</param>
    /// <param name="volume">Volume of the fill.</param>
    /// <param name="barVolume">Volume of the bar.</param>
    internal abstract long Of(long ticks, decimal volume, double barVolume, SeededRandom random);

    /// <summary>Always so many ticks.</summary>
    public sealed record Ticks(long Count) : SlippageModel
    {
        internal override long Of(long ticks, decimal volume, double barVolume, SeededRandom random) => Count;
    }

    /// <summary>Half of a spread of so many ticks, rounded up.</summary>
    public sealed record Spread(long Width) : SlippageModel
    {
        internal override long Of(long ticks, decimal volume, double barVolume, SeededRandom random) => (Width + 1) / 2;
    }

    /// <summary>0 to <paramref name="Most"/> ticks, each as likely, drawn from the run's seed.</summary>
    public sealed record Drawn(long Most) : SlippageModel
    {
        internal override long Of(long ticks, decimal volume, double barVolume, SeededRandom random) => random.Whole(0, Most);
    }

    /// <summary>price × <paramref name="Impact"/> × (share of the bar's volume)², rounded up to a tick; a bar without volume counts as wholly taken.</summary>
    public sealed record OfVolume(double Impact) : SlippageModel
    {
        internal override long Of(long ticks, decimal volume, double barVolume, SeededRandom random)
        {
            var share = barVolume > 0 ? Math.Min(1, (double)volume / barVolume) : 1;
            return (long)Math.Ceiling(ticks * Impact * share * share);
        }
    }
}
