using QuantDash.Core.Instruments;

namespace QuantDash.Core.Markets;

/// <summary>Which trading day's file a tick belongs to.</summary>
public static class RecordingDays
{
    /// <summary>Exchanges print settlement snapshots within this time after the close.</summary>
    private static readonly TimeSpan AfterClose = TimeSpan.FromHours(1);

    /// <summary>The trading day of its session; what is printed in the hour after a close still belongs to the session that ended.</summary>
    public static DateOnly RecordingDay(this TradingCalendar calendar, Contract contract, SessionWindow window, DateTimeOffset at) =>
        window.Phase == SessionPhase.Closed && at - window.Start < AfterClose
            ? calendar.TradingDayAt(contract, window.Start.AddTicks(-1))
            : window.TradingDay;
}
