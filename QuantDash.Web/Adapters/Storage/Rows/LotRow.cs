using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>lots</c>.</summary>
internal sealed class LotRow
{
    public Guid Id { get; set; }
    public Guid AccountId { get; set; }
    public required string Symbol { get; set; }
    public required string Side { get; set; }
    public DateOnly OpenedOn { get; set; }
    public DateTimeOffset OpenedAt { get; set; }
    public decimal? OpenPrice { get; set; }
    public decimal? MarkBasis { get; set; }
    public decimal Volume { get; set; }
    public decimal LockedVolume { get; set; }
    public decimal FeeTodayUsed { get; set; }

    public static LotRow From(Lot lot) => new()
    {
        Id = lot.Id,
        AccountId = lot.AccountId.Value,
        Symbol = lot.Symbol.ToString(),
        Side = EnumText<Side>.Of(lot.Side),
        OpenedOn = lot.OpenedOn,
        OpenedAt = lot.OpenedAt,
        OpenPrice = lot.OpenPrice?.Value,
        MarkBasis = lot.MarkBasis?.Value,
        Volume = lot.Volume.Value,
        LockedVolume = lot.LockedVolume.Value,
        FeeTodayUsed = lot.FeeTodayUsed.Value,
    };

    public Lot ToLot() => new()
    {
        Id = Id,
        AccountId = new(AccountId),
        Symbol = Core.Primitives.Symbol.ParseCanonical(Symbol),
        Side = EnumText<Side>.Parse(Side),
        OpenedOn = OpenedOn,
        OpenedAt = OpenedAt,
        OpenPrice = OpenPrice is { } price ? new(price) : null,
        MarkBasis = MarkBasis is { } basis ? new(basis) : null,
        Volume = new(Volume),
        LockedVolume = new(LockedVolume),
        FeeTodayUsed = new(FeeTodayUsed),
    };
}
