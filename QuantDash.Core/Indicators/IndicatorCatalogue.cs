namespace QuantDash.Core.Indicators;

/// <summary>Every indicator there is.</summary>
public static class IndicatorCatalogue
{
    /// <summary>By name.</summary>
    public static IReadOnlyList<IndicatorDeclaration> All { get; } = [.. new[]
    {
        SimpleMovingAverage.Declaration,
        ExponentialMovingAverage.Declaration,
        WeightedMovingAverage.Declaration,
        HullMovingAverage.Declaration,
        KaufmanAdaptiveAverage.Declaration,
        RelativeStrengthIndex.Declaration,
        MovingAverageConvergence.Declaration,
        BollingerBands.Declaration,
        TrueRange.Declaration,
        TrueRangeAverage.Declaration,
        AverageDirectionalIndex.Declaration,
        StochasticOscillator.Declaration,
        CommodityChannelIndex.Declaration,
        OnBalanceVolume.Declaration,
        VolumeWeightedPrice.Declaration,
        DonchianChannel.Declaration,
        KeltnerChannel.Declaration,
        ChandelierExit.Declaration,
        ParabolicStopAndReverse.Declaration,
        SuperTrend.Declaration,
        RateOfChange.Declaration,
        StandardDeviation.Declaration,
        RealisedVolatility.Declaration,
        LinearSlope.Declaration,
        MoneyFlowIndex.Declaration,
        WilliamsPercentRange.Declaration,
        IchimokuCloud.Declaration,
    }.OrderBy(indicator => indicator.Name, StringComparer.Ordinal)];

    /// <summary>Null: there is none of that name.</summary>
    public static IndicatorDeclaration? Find(string name) => All.FirstOrDefault(indicator => indicator.Name == name);
}
