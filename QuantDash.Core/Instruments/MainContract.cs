using QuantDash.Core.Primitives;

namespace QuantDash.Core.Instruments;

/// <summary>Which contract of a product counts as its main one (主力合约) from a trading day on.</summary>
/// <param name="Follows">Whether the one after it is chosen by open interest, without asking.</param>
/// <param name="ChosenBy">A person's or key's name; empty: the rule.</param>
public sealed record MainContract(Symbol Symbol, string Product, DateOnly EffectiveFrom, bool Follows, string ChosenBy, DateTimeOffset ChosenAt)
{
    public string Exchange => Symbol.Exchange;
}

/// <summary>Dated main contracts: a switch is a new entry, and what was main before stays known.</summary>
public sealed class MainContracts(IEnumerable<MainContract> entries)
{
    private readonly ILookup<(string Exchange, string Product), MainContract> _entries = entries.OrderByDescending(e => e.EffectiveFrom).ToLookup(e => (e.Exchange, e.Product));

    public static MainContracts None { get; } = new([]);

    /// <summary>Newest first within a product.</summary>
    public IEnumerable<MainContract> All => _entries.SelectMany(product => product);

    /// <summary>The one in force on a trading day; null while none was chosen.</summary>
    public MainContract? On(string exchange, string product, DateOnly tradingDay) => _entries[(exchange, product)].FirstOrDefault(e => e.EffectiveFrom <= tradingDay);

    /// <summary>The latest entry, in force or not yet.</summary>
    public MainContract? Latest(string exchange, string product) => _entries[(exchange, product)].FirstOrDefault();
}

/// <summary>Where main contracts are kept.</summary>
public interface IMainContracts
{
    Task<IReadOnlyList<MainContract>> ListAsync(CancellationToken stop = default);

    /// <summary>Replaces the entry of the same product and day.</summary>
    Task SaveAsync(MainContract main, CancellationToken stop = default);
}
