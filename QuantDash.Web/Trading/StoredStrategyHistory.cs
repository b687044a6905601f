using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Strategies;
using QuantDash.Web.Live;

namespace QuantDash.Web.Trading;

/// <summary>Bars for a warm-up: stored ones of the source that the account hears, else of one that was imported; then those that the recorded ticks of the source make. A feed of ours that
/// the account does not hear is never taken: a made-up price must not warm up a strategy on real ones.</summary>
internal sealed class StoredStrategyHistory(IBarArchive bars, ITickArchive ticks, TradingCalendar calendar, ContractCatalog catalog, LiveState<EngineSnapshot> snapshots, TimeProvider clock) : IStrategyHistory
{
    /// <summary>More than the warm-up asks for is no use, and holds up the start.</summary>
    private const int MostBars = 20_000;

    /// <summary>Trading days of recorded ticks that are looked through.</summary>
    private const int TickDays = 5;

    public Task<StrategyWarmUp> LoadAsync(StrategyInstance instance, StrategyDefinition definition, DateTimeOffset now, CancellationToken stop) => Task.Run(() => Load(instance, definition, now, stop), stop);

    private async Task<StrategyWarmUp> Load(StrategyInstance instance, StrategyDefinition definition, DateTimeOffset now, CancellationToken stop)
    {
        var snapshot = snapshots.Current;
        var bound = definition.Bind(instance.Parameters);
        if (!bound.Succeeded || snapshot.Accounts.FirstOrDefault(view => view.Account.Id == instance.AccountId) is not { } account) return StrategyWarmUp.None;
        var wanted = Math.Clamp(definition.WarmUpBars(bound.Value), 0, MostBars);
        if (wanted == 0) return StrategyWarmUp.None;
        // A feed that is the clock stands in its own time: what lies behind it there is its past.
        var until = account.Replay ? snapshot.Sources.FirstOrDefault(view => view.Source.Name == account.Account.Source)?.Clock : now;
        if (until is not { } end) return StrategyWarmUp.None;
        var past = new List<PastBar>();
        foreach (var symbol in instance.Symbols)
        {
            if (catalog.Find(symbol, DateOnly.FromDateTime(end.UtcDateTime)) is not { } contract) continue;
            foreach (var length in definition.Timeframes(bound.Value).Append(instance.BarLength).Distinct())
                past.AddRange(await LastAsync(new(account.Account.Source, symbol, length), contract, snapshot, wanted, end, stop));
        }

        return new([.. past.OrderBy(bar => bar.Bar.End).ThenBy(bar => bar.Bar.Timeframe)]);
    }

    private async Task<IEnumerable<PastBar>> LastAsync(BarKey key, Contract contract, EngineSnapshot snapshot, int wanted, DateTimeOffset end, CancellationToken stop)
    {
        var until = end.ToUnixTimeMilliseconds();
        var found = Stored(key, contract, snapshot, until).Where(bar => bar.End <= until).ToList();
        var last = found.Count > 0 ? found[^1].End : long.MinValue;
        var today = calendar.WindowAt(contract, end).TradingDay;
        var recorded = await new RecordedTicksHistory(ticks, calendar, clock).BarsAsync(key, contract, today.AddDays(-TickDays), today, stop);
        if (recorded.Succeeded) found.AddRange(recorded.Value.Bars().Where(bar => bar.Start >= last && bar.End <= until));
        var shape = new BarShape(new(contract.PriceTick), key.Timeframe);
        return found.TakeLast(wanted).Select(bar => new PastBar(key.Symbol, DateOnly.FromDayNumber(bar.TradingDay), new(shape, bar.End, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume)));
    }

    private IEnumerable<HistoryBar> Stored(BarKey key, Contract contract, EngineSnapshot snapshot, long until)
    {
        var feeds = snapshot.Sources.Select(view => view.Source.Name).ToHashSet();
        var series = bars.Catalogue(null, key.Symbol).Series
            .Where(one => one.Key.Timeframe == key.Timeframe && one.PriceTick == contract.PriceTick && (one.Key.Source == key.Source || !feeds.Contains(one.Key.Source)))
            .OrderByDescending(one => one.Key.Source == key.Source).ThenByDescending(one => one.To).FirstOrDefault();
        return series is null || bars.Read(series.Key, to: until) is not { } stored ? [] : stored.Bars();
    }
}
