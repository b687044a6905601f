using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Performance;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Accounts;

/// <summary>Calendar, months and statistics of the chosen account, read again every minute and when a day was settled.</summary>
public sealed partial class ResultsPanel
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly string[] WeekDays = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
    private IReadOnlyList<DailyResult> _days = [];
    private IReadOnlyList<MonthlyResult> _months = [];
    private CalendarView? _calendar;
    private PerformanceReport? _report;
    private double? _exposure;
    private (AccountId? Account, DateOnly? Day) _shown;
    private DateTimeOffset _readAt;
    private int _reading;

    [Inject] public required PerformanceDesk Desk { get; init; }

    protected override TimeSpan Pace => Paces.Funds;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        var shown = (account?.Account.Id, account?.Funds.TradingDay);
        if (shown == _shown && snapshot.At - _readAt < Fresh) return;
        if (shown.Id != _shown.Account) (_calendar, _report, _months) = (null, null, []);
        (_shown, _readAt) = (shown, snapshot.At);
        if (account is { } view) Begin(() => LoadAsync(view, snapshot.At));
    }

    private async Task LoadAsync(AccountView account, DateTimeOffset now)
    {
        var reading = ++_reading;
        var days = await Desk.DaysAsync(account.Account.Id, account.Funds);
        var report = await Desk.ReportAsync(account.Account.Id, days);
        var curve = await Desk.CurveAsync([account], account.Account.Currency, DateTimeOffset.MinValue, now);
        if (reading != _reading) return;
        var month = _calendar?.Month ?? (days.Count > 0 ? days[^1].Day : (DateOnly?)null);
        (_days, _report, _exposure) = (days, days.Count > 0 ? report : null, curve.Exposure);
        _months = [.. DailyResults.ByMonth(days).Reverse()];
        _calendar = month is { } shown ? CalendarView.Of(days, shown) : null;
        StateHasChanged();
    }

    private void Turn(int months) => _calendar = CalendarView.Of(_days, _calendar!.Month.AddMonths(months));

    private static string CssOf(CalendarCell cell) => !cell.Inside ? "outside" : Tones.Of(cell.Result?.Pnl).Css();

    private static string HeatOf(CalendarCell cell) => (cell.Heat * 100).ToString("0", CultureInfo.InvariantCulture);

    private string? TitleOf(CalendarCell cell) => cell.Result is { } result
        ? Text["DayTitle", result.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Figures.Number(result.Pnl, 2, signed: true), Figures.Percent(result.Return, 2, signed: true), Figures.Number(result.EndEquity, 2)].Value
        : null;

    /// <summary>Fits a cell: whole money below 100,000, thousands above.</summary>
    private static string Short(decimal pnl) => decimal.Abs(pnl) < 100_000m ? Figures.Number(pnl, 0, signed: true) : Figures.Number(pnl / 1000m, 0, signed: true) + "k";
}
