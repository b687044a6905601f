using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets;

/// <summary>One line of a watch list: a contract, or a product of which the main contract is watched, whichever that is.</summary>
public readonly record struct WatchEntry(string Exchange, string Code, bool IsMain)
{
    private const string MainMark = "@";

    public static WatchEntry Of(Symbol symbol) => new(symbol.Exchange, symbol.Code, false);

    public static WatchEntry MainOf(string exchange, string product) => new(exchange, product, true);

    /// <summary>Reads <see cref="ToString"/> back: <c>SHFE.au2509</c>, <c>SHFE.au@</c>.</summary>
    public static WatchEntry? Read(string? text)
    {
        var isMain = text?.EndsWith(MainMark, StringComparison.Ordinal) == true;
        return Symbol.TryParseCanonical(isMain ? text![..^1] : text, out var symbol) ? new(symbol.Exchange, symbol.Code, isMain) : null;
    }

    /// <summary>The contract that is meant on a trading day; null while its product has no main one.</summary>
    public Symbol? SymbolOn(DateOnly tradingDay, MainContracts mains) => IsMain ? mains.On(Exchange, Code, tradingDay)?.Symbol : Symbol.Create(Exchange, Code);

    public override string ToString() => IsMain ? $"{Exchange}.{Code}{MainMark}" : $"{Exchange}.{Code}";
}

/// <summary>What each person watches. Whoever has chosen nothing watches everything there is.</summary>
public interface IWatchLists
{
    /// <summary>Null: nothing was chosen.</summary>
    Task<IReadOnlyList<WatchEntry>?> LoadAsync(string person, CancellationToken stop = default);

    /// <summary>What anybody watches.</summary>
    Task<IReadOnlyList<WatchEntry>> AllAsync(CancellationToken stop = default);

    /// <summary>Null forgets the choice.</summary>
    Task SaveAsync(string person, IReadOnlyList<WatchEntry>? entries, DateTimeOffset at, CancellationToken stop = default);
}
