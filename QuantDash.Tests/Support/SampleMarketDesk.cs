using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Features.Market;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Tests.Support;

/// <summary>A desk of the market page over the contracts of <see cref="SampleSnapshot"/>, which keeps what it is told.</summary>
internal sealed class SampleMarketDesk : IMarketDesk
{
    public static readonly DateOnly Today = new(2026, 11, 20);

    public static Contract NextGold { get; } = SampleSnapshot.Contract("SHFE", "au2512", "au", "黄金", "Gold", 0.02m, 1000m);

    private static IReadOnlyList<Contract> Known { get; } = [SampleSnapshot.Pta, SampleSnapshot.Pvc, SampleSnapshot.Gold, SampleSnapshot.Index, NextGold];

    public MainContracts Mains { get; set; } = MainContracts.None;
    public IReadOnlyList<WatchEntry>? Watched { get; set; }
    public IReadOnlyList<MainContractFound> NewMains { get; set; } = [];
    public List<(string Symbol, DateOnly? From, bool Follows)> Switches { get; } = [];

    public Task<MainContracts> ReadMainsAsync(CancellationToken stop = default) => Task.FromResult(Mains);

    public Task<IReadOnlyList<WatchEntry>?> WatchedByAsync(string person) => Task.FromResult(Watched);

    public Task WatchAsync(string person, IReadOnlyList<WatchEntry>? entries)
    {
        Watched = entries;
        return Task.CompletedTask;
    }

    public Outcome<WatchEntry> ReadEntry(string text) =>
        text == "au" ? Outcome<WatchEntry>.Success(WatchEntry.MainOf("SHFE", "au"))
        : Known.FirstOrDefault(c => c.Symbol.ToString() == text || c.Symbol.Code == text) is { } found ? Outcome<WatchEntry>.Success(WatchEntry.Of(found.Symbol))
        : Outcome<WatchEntry>.Failure("symbol", "unknown_symbol", text);

    public Contract? Find(Symbol symbol) => Known.FirstOrDefault(c => c.Symbol == symbol);

    public IReadOnlyList<MainContractFound> Found(EngineSnapshot snapshot) => NewMains;

    public DateOnly TradingDayOf(string exchange, string product) => Today;

    public List<AlertRequest> Alerts { get; } = [];
    public List<(MovableLevel Level, Price To)> Moves { get; } = [];
    public Problem? Refusal { get; set; }

    public Task<Outcome<PriceAlert>> CreateAlertAsync(AlertRequest request)
    {
        Alerts.Add(request);
        return Task.FromResult(Outcome<PriceAlert>.Success(new()
        {
            Id = Guid.NewGuid(), Source = request.Source, Symbol = request.Symbol, Level = request.Level, Direction = request.Direction, CreatedAt = SampleSnapshot.Now, UpdatedAt = SampleSnapshot.Now,
        }));
    }

    public Task DeleteAlertAsync(Guid id) => Task.CompletedTask;

    public Task<Problem?> MoveAsync(MovableLevel level, Price price)
    {
        Moves.Add((level, price));
        return Task.FromResult(Refusal);
    }

    public Task<Outcome<MainContract>> SwitchAsync(string symbol, DateOnly? from, bool follows)
    {
        Switches.Add((symbol, from, follows));
        var main = new MainContract(Symbol.ParseCanonical(symbol), "au", from ?? Today, follows, "trader", SampleSnapshot.Now);
        Mains = new([.. Mains.All.Where(m => m.EffectiveFrom != main.EffectiveFrom), main]);
        return Task.FromResult(Outcome<MainContract>.Success(main));
    }
}
