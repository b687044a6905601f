using QuantDash.Core.Instruments;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>main_contracts</c>: an entry a product and day.</summary>
internal sealed class MainContractRow
{
    public required string Exchange { get; set; }
    public required string Product { get; set; }
    public DateOnly EffectiveFrom { get; set; }
    public required string Symbol { get; set; }
    public bool Follows { get; set; }
    public required string ChosenBy { get; set; }
    public DateTimeOffset ChosenAt { get; set; }

    public MainContract ToMain() => new(Core.Primitives.Symbol.ParseCanonical(Symbol), Product, EffectiveFrom, Follows, ChosenBy, ChosenAt);
}
