using QuantDash.Core.Primitives;

namespace QuantDash.Core.Instruments;

/// <summary>One step of the margin that rises towards delivery (DOMAIN.md 2.2): from the given trading day on the margin is at least this.</summary>
/// <param name="Month">0: the delivery month; −1: the month before it.</param>
/// <param name="TradingDay">The n-th trading day of that month, from its end when negative.</param>
public readonly record struct DeliveryMargin(int Month, int TradingDay, Ratio Margin)
{
    public DateOnly StartsOn(DeliveryMonth delivery, TradingCalendar calendar)
        => calendar.TradingDayOfMonth(delivery.FirstDay.AddMonths(Month), TradingDay);
}
