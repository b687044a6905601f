namespace QuantDash.Core.Markets.History.Adjustment;

/// <summary>Makes the prices of a series comparable over splits, dividends and rolls. Pure; the stored series stays as traded.</summary>
public static class BarAdjustment
{
    /// <summary>Decimals added to a price tick when a ratio leaves prices between two ticks.</summary>
    private const decimal FinerTicks = 10_000m;

    /// <summary>The series with adjusted prices and volumes. Prices that no longer lie on the price tick are kept in ten-thousandths of it, rounded to the nearest.</summary>
    /// <param name="adjustments">In any order; those outside the series change nothing that is compared.</param>
    public static BarColumns Adjust(BarColumns bars, IEnumerable<PriceAdjustment> adjustments, AdjustmentDirection direction)
    {
        if (direction == AdjustmentDirection.Raw || bars.Count == 0) return bars;
        var (first, last) = (bars.TradingDays.Span[0], bars.TradingDays.Span[^1]);
        var events = adjustments.Where(a => a.EffectiveFrom.DayNumber > first && a.EffectiveFrom.DayNumber <= last).OrderBy(a => a.EffectiveFrom).ToArray();
        if (events.Length == 0) return bars;

        var maps = direction == AdjustmentDirection.Backward ? BackwardMaps(events) : ForwardMaps(events);
        var staysOnTick = maps.All(map => map.Factor == 1 && map.Offset % bars.PriceTick == 0);
        return Apply(bars, events, maps, staysOnTick ? bars.PriceTick : bars.PriceTick / FinerTicks);
    }

    /// <summary>For each stretch between events, from the oldest: into the prices of the latest.</summary>
    private static PriceMap[] BackwardMaps(PriceAdjustment[] events)
    {
        var maps = new PriceMap[events.Length + 1];
        maps[^1] = PriceMap.None;
        for (var i = events.Length - 1; i >= 0; i--) maps[i] = maps[i + 1].After(events[i]);
        return maps;
    }

    /// <summary>For each stretch between events, from the oldest: into the prices of the oldest.</summary>
    private static PriceMap[] ForwardMaps(PriceAdjustment[] events)
    {
        var maps = new PriceMap[events.Length + 1];
        maps[0] = PriceMap.None;
        for (var i = 0; i < events.Length; i++) maps[i + 1] = maps[i].Undoing(events[i]);
        return maps;
    }

    private static BarColumns Apply(BarColumns bars, PriceAdjustment[] events, PriceMap[] maps, decimal priceTick)
    {
        var arrays = new ColumnArrays(bars.Count);
        var stretch = 0;
        for (var i = 0; i < bars.Count; i++)
        {
            var bar = bars[i];
            while (stretch < events.Length && bar.TradingDay >= events[stretch].EffectiveFrom.DayNumber) stretch++;
            var map = maps[stretch];
            arrays.Set(i, bar with
            {
                Open = Price(bar.Open),
                High = Price(bar.High),
                Low = Price(bar.Low),
                Close = Price(bar.Close),
                Volume = bar.Volume * (double)map.VolumeFactor,
            });

            long Price(long ticks) => (long)decimal.Round(((ticks * bars.PriceTick * map.Factor) + map.Offset) / priceTick, MidpointRounding.AwayFromZero);
        }

        return new(bars.Key, priceTick, arrays);
    }

    private readonly record struct PriceMap(decimal Factor, decimal Offset, decimal VolumeFactor)
    {
        public static PriceMap None { get; } = new(1, 0, 1);

        /// <summary>First over the event, then as this one.</summary>
        public PriceMap After(PriceAdjustment e) => new(Factor * e.Factor, (e.Offset * Factor) + Offset, VolumeFactor * e.VolumeFactor);

        /// <summary>First back over the event, then as this one.</summary>
        public PriceMap Undoing(PriceAdjustment e) => new(Factor / e.Factor, Offset - (Factor * e.Offset / e.Factor), VolumeFactor / e.VolumeFactor);
    }
}
