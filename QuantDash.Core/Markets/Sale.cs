namespace QuantDash.Core.Markets;

/// <summary>Who came to whom, and whether positions were opened or closed by it, as the terminals name it (多开, 空平, 换手 …). None: nothing was traded, or the feed does not tell.</summary>
public enum SaleNature { None, BothOpen, BothClose, LongOpen, ShortOpen, LongClose, ShortClose, LongTurnover, ShortTurnover }

/// <summary>One tick of the time and sales (逐笔): what was traded since the tick before it.</summary>
/// <param name="Number">1 for the first since our start; without holes.</param>
/// <param name="Volume">Traded since the tick before; null where that is not known: the first tick, and the first of a day.</param>
/// <param name="OpenInterest">Its change since the tick before; null as <paramref name="Volume"/>.</param>
/// <param name="Direction">1: bought at the ask, −1: sold at the bid, 0: neither is known.</param>
public readonly record struct Sale(long Number, DateTimeOffset At, long Ticks, decimal? Volume, decimal? OpenInterest, int Direction)
{
    /// <summary>What <paramref name="tick"/> tells after <paramref name="before"/>: a price at or above the ask that stood was bought, at or below the bid sold; between them the movement of the price decides,
    /// and where it did not move, the sale before.</summary>
    public static Sale After(in Tick before, in Sale last, in Tick tick, bool sameDay)
    {
        var volume = sameDay && tick.DayVolume >= before.DayVolume ? tick.DayVolume - before.DayVolume : (decimal?)null;
        var interest = sameDay && tick.OpenInterest > 0 && before.OpenInterest > 0 ? tick.OpenInterest - before.OpenInterest : (decimal?)null;
        return new(last.Number + 1, tick.OccurredAt, tick.LastTicks, volume, interest, DirectionOf(before, last, tick));
    }

    public static Sale First(in Tick tick) => new(1, tick.OccurredAt, tick.LastTicks, null, null, 0);

    public SaleNature Nature
    {
        get
        {
            if (Volume is not > 0 || OpenInterest is not { } change || Direction == 0) return SaleNature.None;
            if (change == Volume) return SaleNature.BothOpen;
            if (change == -Volume) return SaleNature.BothClose;
            return (Math.Sign(change), Direction) switch
            {
                (1, 1) => SaleNature.LongOpen,
                (1, _) => SaleNature.ShortOpen,
                (-1, 1) => SaleNature.ShortClose,
                (-1, _) => SaleNature.LongClose,
                (_, 1) => SaleNature.LongTurnover,
                _ => SaleNature.ShortTurnover,
            };
        }
    }

    private static int DirectionOf(in Tick before, in Sale last, in Tick tick)
    {
        if (before.AskTicks > 0 && tick.LastTicks >= before.AskTicks) return 1;
        if (before.BidTicks > 0 && tick.LastTicks <= before.BidTicks) return -1;
        var moved = Math.Sign(tick.LastTicks - before.LastTicks);
        return moved != 0 ? moved : last.Direction;
    }
}
