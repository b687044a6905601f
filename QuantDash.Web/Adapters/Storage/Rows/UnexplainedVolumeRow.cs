using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>unexplained_volumes</c>: one row per leg and direction of the change.</summary>
internal sealed class UnexplainedVolumeRow
{
    public Guid AccountId { get; set; }
    public required string Symbol { get; set; }
    public required string Side { get; set; }
    public bool Added { get; set; }
    public DateTimeOffset TakenAt { get; set; }
    public decimal Volume { get; set; }

    public static UnexplainedVolumeRow From(UnexplainedVolume unexplained) => new()
    {
        AccountId = unexplained.AccountId.Value,
        Symbol = unexplained.Symbol.ToString(),
        Side = EnumText<Side>.Of(unexplained.Side),
        Added = unexplained.Added,
        TakenAt = unexplained.TakenAt,
        Volume = unexplained.Volume.Value,
    };

    public UnexplainedVolume ToUnexplained() => new(
        new(AccountId), Core.Primitives.Symbol.ParseCanonical(Symbol), EnumText<Side>.Parse(Side), Added, TakenAt, new(Volume));
}
