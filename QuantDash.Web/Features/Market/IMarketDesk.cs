using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Market;

/// <summary>What the market page and its endpoints know and change: main contracts, and what each person watches.</summary>
public interface IMarketDesk
{
    /// <summary>As they were read or changed last; a change made elsewhere is seen within a minute.</summary>
    MainContracts Mains { get; }

    Task<MainContracts> ReadMainsAsync(CancellationToken stop = default);

    /// <summary>Null: everything there is.</summary>
    Task<IReadOnlyList<WatchEntry>?> WatchedByAsync(string person);

    Task WatchAsync(string person, IReadOnlyList<WatchEntry>? entries);

    /// <summary>A contract in any accepted spelling, or a product's code for its main contract.</summary>
    Outcome<WatchEntry> ReadEntry(string text);

    Contract? Find(Symbol symbol);

    /// <summary>Other contracts with more open interest than their product's main one.</summary>
    IReadOnlyList<MainContractFound> Found(EngineSnapshot snapshot);

    DateOnly TradingDayOf(string exchange, string product);

    /// <summary>Makes a contract the main one of its product, today or from a later day on.</summary>
    Task<Outcome<MainContract>> SwitchAsync(string symbol, DateOnly? from, bool follows);

    Task<Outcome<PriceAlert>> CreateAlertAsync(AlertRequest request);

    Task DeleteAlertAsync(Guid id);

    /// <summary>Changes an alert's price or one field of a rule, as the form of either would. Null: done; else what was wrong.</summary>
    Task<Problem?> MoveAsync(MovableLevel level, Price price);
}
