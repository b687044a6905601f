using System.Text.Json;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Market;

internal sealed class MarketDesk(IMainContracts mains, IWatchLists lists, IAuditLog audit, ContractCatalog catalog, TradingCalendar calendar, TradingRuntime runtime, TimeProvider clock) : IMarketDesk
{
    public const int MostWatched = 200;
    private const int FarthestDays = 366;
    private volatile MainContracts _mains = MainContracts.None;

    public MainContracts Mains => _mains;

    public async Task<MainContracts> ReadMainsAsync(CancellationToken stop = default) => _mains = new(await mains.ListAsync(stop));

    public Task<IReadOnlyList<WatchEntry>?> WatchedByAsync(string person) => lists.LoadAsync(person);

    public async Task WatchAsync(string person, IReadOnlyList<WatchEntry>? entries)
    {
        Acting.Demand(Scopes.Read);
        var before = await lists.LoadAsync(person);
        await lists.SaveAsync(person, entries is null ? null : [.. entries.Distinct().Take(MostWatched)], clock.GetUtcNow());
        await NoteAsync("watch.changed", person, Words(before), Words(entries));

        static string? Words(IReadOnlyList<WatchEntry>? list) => list is null ? null : JsonSerializer.Serialize(new { entries = string.Join(' ', list) });
    }

    public Outcome<WatchEntry> ReadEntry(string text)
    {
        var wanted = text.Trim();
        var dot = wanted.IndexOf('.', StringComparison.Ordinal);
        var code = wanted[(dot + 1)..];
        var products = catalog.Products.Where(p => p.Class == AssetClass.Future && p.Code.Equals(code, StringComparison.OrdinalIgnoreCase)
            && (dot < 0 || p.Exchange.Equals(wanted[..dot], StringComparison.OrdinalIgnoreCase))).ToList();
        if (products is [var product]) return Outcome<WatchEntry>.Success(WatchEntry.MainOf(product.Exchange, product.Code));
        var found = catalog.Resolve(wanted, Today);
        return found.Succeeded ? Outcome<WatchEntry>.Success(WatchEntry.Of(found.Value.Symbol)) : Outcome<WatchEntry>.Failure(found.Problems);
    }

    public Contract? Find(Symbol symbol) => catalog.Find(symbol, Today);

    public IReadOnlyList<MainContractFound> Found(EngineSnapshot snapshot) => MainContractWatch.Look(snapshot, Mains, calendar);

    public DateOnly TradingDayOf(string exchange, string product) =>
        catalog.Products.FirstOrDefault(p => p.Exchange == exchange && p.Code == product) is { } found ? calendar.WindowAt(found.Sessions, clock.GetUtcNow()).TradingDay : Today;

    public async Task<Outcome<MainContract>> SwitchAsync(string symbol, DateOnly? from, bool follows)
    {
        Acting.Demand(Scopes.Trade);
        var found = catalog.Resolve(symbol, Today);
        if (!found.Succeeded) return Outcome<MainContract>.Failure(found.Problems);
        var contract = found.Value;
        var product = contract.Product;
        if (product.Class != AssetClass.Future) return Outcome<MainContract>.Failure("symbol", "no_main_contract", contract.Symbol.ToString());
        var today = TradingDayOf(product.Exchange, product.Code);
        var day = from ?? today;
        if (day < today || day > today.AddDays(FarthestDays)) return Outcome<MainContract>.Failure("effective_from", "day_out_of_range", Text(today), Text(today.AddDays(FarthestDays)));
        if (contract.IsExpiredOn(day) && !runtime.Snapshots.Current.Sources.Any(s => s.Source.ExpiryNone)) return Outcome<MainContract>.Failure("symbol", "expired_contract", contract.Symbol.ToString());
        var before = (await ReadMainsAsync()).On(product.Exchange, product.Code, day);
        var main = new MainContract(contract.Symbol, product.Code, day, follows, Acting.Now.Name, clock.GetUtcNow());
        await SaveAsync(main, before);
        return Outcome<MainContract>.Success(main);
    }

    public Task<Outcome<PriceAlert>> CreateAlertAsync(AlertRequest request) => runtime.RunAsync((engine, now) => engine.Alerts.Create(request, now));

    public Task DeleteAlertAsync(Guid id) => runtime.RunAsync((engine, _) => engine.Alerts.Delete(id));

    public Task<Problem?> MoveAsync(MovableLevel level, Price price) => runtime.RunAsync((engine, now) => Moved(engine, level, price, now));

    /// <summary>The rule as it stands when its turn comes, with that one field changed.</summary>
    private static Problem? Moved(TradingEngine engine, MovableLevel level, Price price, DateTimeOffset now)
    {
        if (level.Kind == LevelKind.Alert) return First(engine.Alerts.Move(level.Id, price, now).Problems);
        if (engine.FindRule(level.Id) is not { } rule) return new("id", "unknown_rule", level.Id);
        return First(engine.SaveRule(level.Kind == LevelKind.Stop ? rule with { StopLossPrice = price } : rule with { TriggerPrice = price }, now).Problems);

        static Problem? First(IReadOnlyList<Problem> problems) => problems.Count > 0 ? problems[0] : null;
    }

    /// <summary>Kept, audited, and told to everybody.</summary>
    internal async Task SaveAsync(MainContract main, MainContract? before, CancellationToken stop = default)
    {
        await mains.SaveAsync(main, stop);
        await ReadMainsAsync(stop);
        await NoteAsync("main_contract.changed", $"{main.Exchange}.{main.Product}", Words(before), Words(main));
        await TellAsync(MainContractWatch.Chosen, main.Symbol, [before?.Symbol.ToString() ?? "–", main.Symbol.ToString(), Text(main.EffectiveFrom)], stop);

        static string? Words(MainContract? entry) =>
            entry is null ? null : JsonSerializer.Serialize(new { symbol = entry.Symbol.ToString(), effective_from = Text(entry.EffectiveFrom), follows = entry.Follows });
    }

    internal Task TellAsync(string key, Symbol symbol, IReadOnlyList<string> values, CancellationToken stop) => runtime.RunAsync(
        (engine, now) =>
        {
            engine.TellMarket(key, symbol, values, now);
            return true;
        },
        stop);

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddHours(8));

    private static string Text(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private Task NoteAsync(string action, string subject, string? before, string? after) =>
        audit.RecordAsync(new() { At = clock.GetUtcNow(), Actor = Acting.Now, Action = action, Subject = subject, Before = before, After = after });
}
