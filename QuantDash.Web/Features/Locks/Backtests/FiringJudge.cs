using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Locks.Backtests;

/// <summary>Reads stored firings with their fills, and the price some minutes after each from the stored ticks.</summary>
public sealed class FiringJudge(ILockHistory history, ITickArchive ticks, ContractCatalog catalog, TradingCalendar calendar)
{
    public const int UsualLater = 30;
    public const int LongestLater = 1440;

    /// <summary>The latest so many are judged.</summary>
    public const int MostFirings = 2_000;

    /// <param name="filter">Which.</param>
    /// <param name="minutes">After each fill.</param>
    /// <param name="snapshot">Says which source an account hears.</param>
    /// <param name="stop">Nobody waits any more.</param>
    public async Task<JudgedFirings> ReadAsync(LockFilter filter, int minutes, EngineSnapshot snapshot, CancellationToken stop = default)
    {
        var triggers = await ReadAsync(page => history.TriggersAsync(filter, page, stop));
        var since = triggers.Count > 0 ? triggers.Min(trigger => trigger.TriggeredAt) : (DateTimeOffset?)null;
        var executions = since is null ? [] : await ReadAsync(page => history.ExecutionsAsync(new() { AccountId = filter.AccountId, Symbol = filter.Symbol, Since = since }, page, stop));
        var byTrigger = executions.DistinctBy(execution => execution.TriggerId).ToDictionary(execution => execution.TriggerId);
        var later = LaterPrices(triggers.Select(trigger => (Trigger: trigger, Execution: byTrigger.GetValueOrDefault(trigger.Id))).Where(one => one.Execution is not null).Select(one => (one.Trigger, one.Execution!)), minutes, snapshot);
        return new([.. triggers.Select(trigger => new JudgedFiring(trigger, byTrigger.GetValueOrDefault(trigger.Id), ContractOf(trigger), later.TryGetValue(trigger.Id, out var price) ? price : null))], triggers.Count >= MostFirings);
    }

    private Contract? ContractOf(LockTrigger trigger) => catalog.Find(trigger.Symbol, DateOnly.FromDateTime(trigger.TickTimestamp.ToOffset(ScreenTime.ExchangeOffset).DateTime));

    /// <summary>Each stored day is read once, whatever fell into it.</summary>
    private Dictionary<Guid, Price> LaterPrices(IEnumerable<(LockTrigger Trigger, LockExecution Execution)> filled, int minutes, EngineSnapshot snapshot)
    {
        Dictionary<Guid, Price> prices = [];
        foreach (var day in filled.Select(one => (one.Trigger, At: one.Execution.ExecutedAt.AddMinutes(minutes), Source: SourceOf(one.Trigger, snapshot)))
                     .Where(one => one.Source is not null).GroupBy(one => (Source: one.Source!, one.Trigger.Symbol, Day: DayOf(one.Trigger, one.At, one.Source!))))
        {
            if (ticks.Days(day.Key.Source.Name, day.Key.Symbol).FirstOrDefault(stored => stored.TradingDay == day.Key.Day) is not { } stored) continue;
            var waiting = new Queue<(LockTrigger Trigger, DateTimeOffset At)>(day.OrderBy(one => one.At).Select(one => (one.Trigger, one.At)));
            foreach (var tick in ticks.Read(day.Key.Source.Name, day.Key.Symbol, day.Key.Day!.Value))
            {
                while (waiting.TryPeek(out var next) && tick.OccurredAt >= next.At) prices[waiting.Dequeue().Trigger.Id] = new(tick.LastTicks * stored.PriceTick);
                if (waiting.Count == 0) break;
            }
        }
        return prices;
    }

    private DateOnly? DayOf(LockTrigger trigger, DateTimeOffset at, Source source) =>
        ContractOf(trigger) is { } contract ? calendar.WindowAt(contract, at, source.SessionsAlways).TradingDay : null;

    private static Source? SourceOf(LockTrigger trigger, EngineSnapshot snapshot) =>
        snapshot.Accounts.FirstOrDefault(view => view.Account.Id == trigger.AccountId)?.Account.Source is { } name ? snapshot.Sources.FirstOrDefault(view => view.Source.Name == name)?.Source : null;

    private static async Task<List<T>> ReadAsync<T>(Func<PageRequest, Task<Page<T>>> read)
    {
        List<T> all = [];
        string? cursor = null;
        do
        {
            var page = await read(new(cursor, PageRequest.LongestPage));
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null && all.Count < MostFirings);
        return all;
    }
}

/// <param name="Firings">Newest first.</param>
/// <param name="IsCut">There are older ones that were not read.</param>
public sealed record JudgedFirings(IReadOnlyList<JudgedFiring> Firings, bool IsCut);
