using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Performance;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Accounts;

/// <summary>Calendar, months and statistics of the chosen account, read again every minute and when a day was settled; the day that goes on is live.</summary>
public sealed partial class ResultsPanel
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly string[] WeekDays = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
    private IReadOnlyList<DailyResult> _recorded = [];
    private TradeStatistics? _trades;
    private IReadOnlyList<DailyResult> _days = [];
    private IReadOnlyList<MonthlyResult> _months = [];
    private DateOnly? _month;
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
        if (shown.Id != _shown.Account) (_trades, _month, _calendar, _report, _exposure, _months) = (null, null, null, null, null, []);
        if (account is not null && (shown != _shown || snapshot.At - _readAt >= Fresh)) Begin(() => LoadAsync(account, snapshot.ClockOf(account)));
        if (shown != _shown || snapshot.At - _readAt >= Fresh) (_shown, _readAt) = (shown, snapshot.At);
        if (account is not null) Show(account);
    }

    private async Task LoadAsync(AccountView account, DateTimeOffset now)
    {
        var reading = ++_reading;
        var days = await Desk.DaysAsync(account.Account.Id);
        var trades = await Desk.TradesAsync(account.Account.Id);
        // The whole past is looked through once, not every minute: a minute moves it by nothing.
        var exposure = _exposure ?? (await Desk.CurveAsync([account], account.Account.Currency, DateTimeOffset.MinValue, now)).Exposure;
        if (reading != _reading) return;
        (_recorded, _trades, _exposure) = (days, trades, exposure);
        Show(account);
        StateHasChanged();
    }

    /// <summary>What was recorded, with today as it is now: beside the live numbers above it, an older one would be a contradiction.</summary>
    private void Show(AccountView account)
    {
        if (_trades is not { } trades) return;
        _days = Desk.Whole(_recorded, account.Funds);
        if (_days.Count == 0) return;
        _report = PerformanceReport.Of(_days, trades);
        _months = [.. DailyResults.ByMonth(_days).Reverse()];
        _calendar = CalendarView.Of(_days, _month ?? _days[^1].Day);
    }

    private void Turn(int months)
    {
        _month = _calendar!.Month.AddMonths(months);
        _calendar = CalendarView.Of(_days, _month.Value);
    }

    private static string CssOf(CalendarCell cell) => !cell.Inside ? "outside" : Tones.Of(cell.Result?.Pnl).Css();

    private static string HeatOf(CalendarCell cell) => (cell.Heat * 100).ToString("0", CultureInfo.InvariantCulture);

    private string? TitleOf(CalendarCell cell) => cell.Result is { } result
        ? Text["DayTitle", result.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Figures.Number(result.Pnl, 2, signed: true), Figures.Percent(result.Return, 2, signed: true), Figures.Number(result.EndEquity, 2)].Value
        : null;

    /// <summary>Fits a cell: whole money below 100,000, thousands above.</summary>
    private static string Short(decimal pnl) => decimal.Abs(pnl) < 100_000m ? Figures.Number(pnl, 0, signed: true) : Figures.Number(pnl / 1000m, 0, signed: true) + "k";
}
