namespace QuantDash.Core.Instruments;

public enum LastTradingDayKind
{
    /// <summary>The given day of the delivery month, or the next trading day.</summary>
    DayOfMonth,

    /// <summary>The n-th trading day of the delivery month; counted from its end when n is negative.</summary>
    TradingDayOfMonth,

    /// <summary>The n-th Friday of the delivery month, or the next trading day.</summary>
    FridayOfMonth,

    /// <summary>The last Monday of the delivery month that is a trading day.</summary>
    LastMonday,

    /// <summary>The last trading day of the month before the delivery month.</summary>
    EndOfMonthBefore,
}

/// <summary>How a product's last trading day (最后交易日) follows from the delivery month (DOMAIN.md 2.6).</summary>
/// <param name="Number">The n of the kind; 0 where the kind has none.</param>
public readonly record struct LastTradingDayRule(LastTradingDayKind Kind, int Number)
{
    /// <summary>The last trading day; a good guess only where the calendar does not know the month (<see cref="TradingCalendar.Knows"/>).</summary>
    public DateOnly DayIn(DeliveryMonth delivery, TradingCalendar calendar) => Kind switch
    {
        LastTradingDayKind.DayOfMonth => calendar.OnOrAfter(delivery.FirstDay.AddDays(Number - 1)),
        LastTradingDayKind.TradingDayOfMonth => calendar.TradingDayOfMonth(delivery.FirstDay, Number),
        LastTradingDayKind.FridayOfMonth => calendar.OnOrAfter(FirstFriday(delivery).AddDays(7 * (Number - 1))),
        LastTradingDayKind.LastMonday => LastMonday(delivery, calendar),
        LastTradingDayKind.EndOfMonthBefore => calendar.PreviousTradingDay(delivery.FirstDay),
    };

    private static DateOnly FirstFriday(DeliveryMonth delivery)
        => delivery.FirstDay.AddDays(((int)DayOfWeek.Friday - (int)delivery.FirstDay.DayOfWeek + 7) % 7);

    private static DateOnly LastMonday(DeliveryMonth delivery, TradingCalendar calendar)
    {
        var day = delivery.LastDay;
        while (day.DayOfWeek != DayOfWeek.Monday || !calendar.IsTradingDay(day)) day = day.AddDays(-1);
        return day;
    }
}
