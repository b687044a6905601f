using System.Globalization;
using QuantDash.Core.Instruments.Reference;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Instruments;

/// <summary>The trading calendars of all markets. Immutable.</summary>
public sealed record MarketCalendars(TradingCalendar China, TradingCalendar HongKong, TradingCalendar NewYork)
{
    /// <summary>Those of the reference data (docs/reference-data.md).</summary>
    public static MarketCalendars FromReferenceData() => new(CalendarFile.Load("calendar_cn.csv"), CalendarFile.Load("calendar_hk.csv"), CalendarFile.Load("calendar_us.csv"));

    public TradingCalendar Of(CalendarMarket market) => market switch
    {
        CalendarMarket.China => China,
        CalendarMarket.HongKong => HongKong,
        CalendarMarket.NewYork => NewYork,
    };

    /// <summary>With what sheets say, one after the other. Code <c>calendar_gap</c> when days between would be known to nobody.</summary>
    public Outcome<MarketCalendars> With(IEnumerable<CalendarSheet> sheets)
    {
        var calendars = this;
        foreach (var sheet in sheets)
        {
            var calendar = calendars.Of(sheet.Market);
            if (sheet.From > calendar.KnownTo.AddDays(1) || sheet.To < calendar.KnownFrom.AddDays(-1))
                return Outcome<MarketCalendars>.Failure("file", "calendar_gap", calendar.KnownFrom.ToString("o", CultureInfo.InvariantCulture), calendar.KnownTo.ToString("o", CultureInfo.InvariantCulture), sheet.From.ToString("o", CultureInfo.InvariantCulture), sheet.To.ToString("o", CultureInfo.InvariantCulture));
            calendars = calendars.Replaced(sheet.Market, calendar.With(sheet));
        }

        return Outcome<MarketCalendars>.Success(calendars);
    }

    private MarketCalendars Replaced(CalendarMarket market, TradingCalendar calendar) => market switch
    {
        CalendarMarket.China => this with { China = calendar },
        CalendarMarket.HongKong => this with { HongKong = calendar },
        CalendarMarket.NewYork => this with { NewYork = calendar },
    };
}
