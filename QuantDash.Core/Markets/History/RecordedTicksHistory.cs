using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History;

/// <summary>Bars built from the tick store, by the same rules as live ones: prints outside sessions make none.</summary>
public sealed class RecordedTicksHistory(ITickArchive ticks, TradingCalendar calendar, TimeProvider clock) : IBarHistory
{
    /// <summary>Of a day's bar, the bars it is made of.</summary>
    private const int MinutesOfDayParts = 1;

    private static readonly Timeframe[] Kept = [Timeframe.Minutes(1), Timeframe.Day];

    /// <summary>Any source may have been recorded.</summary>
    public bool Gives(SourceName source) => true;

    public IReadOnlyList<OfferedSeries> Series() =>
    [
        .. from day in ticks.Days()
           group day.TradingDay by (day.Source, day.Symbol) into recorded
           from timeframe in Kept
           select new OfferedSeries(new(recorded.Key.Source, recorded.Key.Symbol, timeframe), recorded.Max()),
    ];

    public Task<Outcome<BarColumns>> BarsAsync(BarKey key, Contract contract, DateOnly from, DateOnly to, CancellationToken stop = default)
    {
        var days = WithTheDayBefore([.. ticks.Days(key.Source, key.Symbol).Where(day => day.TradingDay <= to).OrderBy(day => day.TradingDay)], from);
        if (days.Find(day => day.TradingDay >= from && day.PriceTick != contract.PriceTick) is { } other)
            return Task.FromResult(Outcome<BarColumns>.Failure("price_tick", "bars_other_price_tick", key.ToString(), other.PriceTick, contract.PriceTick));
        var bars = Build(key, contract, days, stop);
        bars.RemoveAll(bar => bar.TradingDay < from.DayNumber);
        if (key.Timeframe.IsDay) bars = Days(contract, bars);
        return Task.FromResult(bars.Count == 0
            ? Outcome<BarColumns>.Failure("symbol", "bars_no_history", key.ToString())
            : Outcome<BarColumns>.Success(BarColumns.Of(key, contract.PriceTick, bars)));
    }

    /// <summary>With the day before comes the knowledge that a day's volume began with nothing: the same ticks make the same bars wherever a sync goes on.</summary>
    private static List<TickDay> WithTheDayBefore(List<TickDay> days, DateOnly from)
    {
        var first = days.FindIndex(day => day.TradingDay >= from);
        return first < 0 ? [] : days[Math.Max(0, first - 1)..];
    }

    private List<HistoryBar> Build(BarKey key, Contract contract, List<TickDay> days, CancellationToken stop)
    {
        // One builder over all days: from the second day on it knows the volume a day began with.
        var builder = new BarBuilder(contract, key.Timeframe.IsDay ? MinutesOfDayParts : (int)key.Timeframe.Length.TotalMinutes);
        var bars = new List<HistoryBar>();
        SessionWindow? window = null;
        foreach (var day in days)
        {
            stop.ThrowIfCancellationRequested();
            foreach (var tick in ticks.Read(key.Source, key.Symbol, day.TradingDay))
            {
                if (window?.Covers(tick.OccurredAt) != true) window = calendar.WindowAt(contract, tick.OccurredAt);
                Take(builder.Add(tick, window));
            }
        }

        Take(builder.CompleteAt(clock.GetUtcNow()));
        return bars;

        void Take(Bar? bar)
        {
            if (bar is not null) bars.Add(Row(contract, bar));
        }
    }

    private List<HistoryBar> Days(Contract contract, List<HistoryBar> minutes)
    {
        var sessions = new SeriesClock(contract.Product.Sessions, calendar, TimeZoneInfo.Utc);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return
        [
            .. from day in minutes.GroupBy(bar => bar.TradingDay)
               let bounds = sessions.BoundsOf(DateOnly.FromDayNumber(day.Key))
               where bounds.End <= now
               select day.First() with
               {
                   Start = bounds.Start,
                   End = bounds.End,
                   High = day.Max(bar => bar.High),
                   Low = day.Min(bar => bar.Low),
                   Close = day.Last().Close,
                   Volume = day.Sum(bar => bar.Volume),
                   OpenInterest = day.Last().OpenInterest,
               },
        ];
    }

    private static HistoryBar Row(Contract contract, Bar bar) => new()
    {
        Start = bar.Start.ToUnixTimeMilliseconds(),
        End = bar.End.ToUnixTimeMilliseconds(),
        TradingDay = bar.TradingDay.DayNumber,
        Open = Ticks(contract, bar.Open),
        High = Ticks(contract, bar.High),
        Low = Ticks(contract, bar.Low),
        Close = Ticks(contract, bar.Close),
        Volume = (double)bar.Volume,
        OpenInterest = (double)bar.OpenInterest,
    };

    private static long Ticks(Contract contract, Price price) => (long)(price.Value / contract.PriceTick);
}
