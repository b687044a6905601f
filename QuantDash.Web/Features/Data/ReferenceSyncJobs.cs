using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Web.Jobs;

namespace QuantDash.Web.Features.Data;

/// <summary>Takes over the lists of shares that histories give.</summary>
internal sealed class InstrumentSyncJob(IEnumerable<IInstrumentHistory> histories, ReferenceDesk desk) : IBackgroundJob
{
    public JobPlan Plan { get; } = new()
    {
        Name = "instrument-sync",
        Place = JobPlace.Trader,
        Schedule = JobSchedule.DailyAt(new(0, 20)), // 08:20 where the exchanges are: before their day.
        Missed = MissedTime.RunOnce,
    };

    public async Task<JobReport> RunAsync(JobRun run, CancellationToken stop)
    {
        var (stocks, changed) = (0, false);
        foreach (var history in histories)
        {
            foreach (var sheet in await history.StocksAsync(stop))
            {
                var done = await desk.ImportStocksAsync(sheet, stop);
                if (!done.Succeeded) throw new InvalidDataException(HistoryCommand.Sentence(done.Problems[0]));
                stocks += done.Value.Added + done.Value.Replaced;
                changed |= done.Value.Stored;
            }
        }

        return changed ? new("synced_stocks", stocks.ToString(CultureInfo.InvariantCulture)) : new("no_new_stocks") { Idle = true };
    }
}

/// <summary>Takes over the trading days that histories give.</summary>
internal sealed class CalendarSyncJob(IEnumerable<ICalendarHistory> histories, ReferenceDesk desk) : IBackgroundJob
{
    public JobPlan Plan { get; } = new()
    {
        Name = "calendar-sync",
        Place = JobPlace.Trader,
        Schedule = JobSchedule.DailyAt(new(0, 25)),
        Missed = MissedTime.RunOnce,
    };

    public async Task<JobReport> RunAsync(JobRun run, CancellationToken stop)
    {
        var (changed, failures) = (new List<string>(), new List<string>());
        foreach (var history in histories)
        {
            foreach (var market in CalendarMarkets.All)
            {
                var given = await history.CalendarAsync(market, stop);
                var done = given switch
                {
                    { Succeeded: false } => Outcome<CalendarImported>.Failure(given.Problems),
                    { Value.Count: 0 } => null,
                    _ => await desk.ImportCalendarAsync(market, given.Value, "calendar-sync", stop),
                };
                if (done is { Succeeded: false }) failures.Add($"{market.Code()}, {done.Problems[0].Field}: {HistoryCommand.Sentence(done.Problems[0])}");
                else if (done is { Value.Stored: true }) changed.Add(market.Code());
            }
        }

        if (failures.Count > 0) throw new InvalidDataException(string.Join(' ', failures));
        return changed.Count > 0 ? new("synced_calendar", string.Join(", ", changed)) : new("no_new_calendar") { Idle = true };
    }
}

/// <summary>Fails, loudly, every day while the calendar that is traded by ends soon, behind which every weekday would be taken for a trading day, or while another one was imported that
/// changes a day soon and waits for a restart.</summary>
internal sealed class CalendarWatchJob(MarketCalendars calendars, ReferenceImporter importer, TimeProvider clock) : IBackgroundJob
{
    public JobPlan Plan { get; } = new()
    {
        Name = "calendar-watch",
        Place = JobPlace.Trader,
        Schedule = JobSchedule.DailyAt(new(0, 30)),
        Missed = MissedTime.RunOnce,
        ResumeAfterKill = false, // The next day is soon enough.
    };

    public Task<JobReport> RunAsync(JobRun run, CancellationToken stop)
    {
        var today = CalendarStanding.Today(clock);
        var next = importer.Next;
        var troubles = CalendarMarkets.All.Select(market => TroubleOf(market, next.Of(market), today)).OfType<string>().ToList();
        if (troubles.Count > 0) throw new InvalidOperationException(string.Join(' ', troubles));
        var first = CalendarMarkets.All.Min(market => calendars.Of(market).KnownTo);
        return Task.FromResult(new JobReport("calendar_known", first.ToString("o", CultureInfo.InvariantCulture)) { Idle = true });
    }

    /// <summary>Null: there is none.</summary>
    private string? TroubleOf(CalendarMarket market, TradingCalendar next, DateOnly today)
    {
        var now = calendars.Of(market);
        if (now.KnownTo.DayNumber - today.DayNumber < CalendarStanding.WarnDays)
        {
            return next.KnownTo > now.KnownTo
                ? string.Create(CultureInfo.InvariantCulture, $"The trading calendar of {market.Code()} ends on {now.KnownTo:yyyy-MM-dd}. One to {next.KnownTo:yyyy-MM-dd} is imported: restart QuantDash to trade by it.")
                : string.Create(CultureInfo.InvariantCulture, $"The trading calendar of {market.Code()} ends on {now.KnownTo:yyyy-MM-dd}: import the next one (System → Bars, or instruments import-calendar), or every weekday behind it is taken for a trading day.");
        }

        var changed = next.DifferencesTo(now).Where(day => day >= today && day.DayNumber - today.DayNumber < CalendarStanding.WarnDays).ToList();
        return changed.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"A calendar of {market.Code()} is imported in which {changed[0]:yyyy-MM-dd} is another day: restart QuantDash before it.") : null;
    }
}
