using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Engine;

/// <summary>The bars of one contract and length as its ticks come: cut as those of the bar store. A bar is complete with the first tick after it, so that the same ticks make the same
/// bars at the same moments live and in a replay; the first one may have begun before anybody listened.</summary>
internal sealed class LiveBars(Contract contract, BarShape shape, TradingCalendar calendar)
{
    private const int MinutesOfDayParts = 1;

    private readonly BarBuilder _builder = new(contract, shape.Timeframe.IsDay ? MinutesOfDayParts : (int)shape.Timeframe.Length.TotalMinutes);
    private Bar? _day;

    public Timeframe Timeframe => shape.Timeframe;

    /// <summary>The bar that a tick completed; null when it completed none.</summary>
    public StrategyBar? Add(in Tick tick, SessionWindow window)
    {
        var completed = _builder.Add(tick, window);
        if (!shape.Timeframe.IsDay) return completed is null ? null : Row(completed, completed.End);
        if (completed is not null) _day = _day is null ? completed : Joined(_day, completed);
        if (_day is not { } day || _builder.Current is not { } current || current.TradingDay == day.TradingDay) return null;
        _day = null;
        var end = new SeriesClock(contract.Product.Sessions, calendar, TimeZoneInfo.Utc).BoundsOf(day.TradingDay).End;
        return Row(day, DateTimeOffset.FromUnixTimeMilliseconds(end));
    }

    private static Bar Joined(Bar day, Bar minute) => day with
    {
        End = minute.End,
        High = minute.High > day.High ? minute.High : day.High,
        Low = minute.Low < day.Low ? minute.Low : day.Low,
        Close = minute.Close,
        Volume = day.Volume + minute.Volume,
        OpenInterest = minute.OpenInterest,
    };

    private StrategyBar Row(Bar bar, DateTimeOffset end) =>
        new(shape, end.ToUnixTimeMilliseconds(), Ticks(bar.Open.Value), Ticks(bar.High.Value), Ticks(bar.Low.Value), Ticks(bar.Close.Value), (double)bar.Volume);

    private long Ticks(decimal price) => (long)(price / contract.PriceTick);
}
