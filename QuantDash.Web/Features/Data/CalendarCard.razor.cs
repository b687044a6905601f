using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Instruments;

namespace QuantDash.Web.Features.Data;

/// <summary>The trading calendars in force: where they end, what they hold by year, and what the next start changes.</summary>
public sealed partial class CalendarCard
{
    private IReadOnlyList<CalendarStanding> _standings = [];

    [Inject] public required ReferenceDesk Desk { get; init; }

    public void Reread()
    {
        _standings = Desk.Calendars();
        StateHasChanged();
    }

    protected override void OnInitialized() => _standings = Desk.Calendars();

    private string MarketOf(CalendarStanding standing) => Text["Market_" + standing.Market.Code()];

    private string Detail(CalendarYear year) => Text["YearDetail", year.Year, year.TradingDays, year.Closed, year.Short, year.WithoutNight];

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
