using System.Text.Json;
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

    /// <summary><c>[{"lot_id":"…","taken_at":"…","volume":8,"open_price":5500,…}]</c>; null: written before lots were remembered.</summary>
    public string? Lots { get; set; }

    public static UnexplainedVolumeRow From(UnexplainedVolume unexplained) => new()
    {
        AccountId = unexplained.AccountId.Value,
        Symbol = unexplained.Symbol.ToString(),
        Side = EnumText<Side>.Of(unexplained.Side),
        Added = unexplained.Added,
        TakenAt = unexplained.TakenAt,
        Volume = unexplained.Volume.Value,
        Lots = JsonSerializer.Serialize(unexplained.Lots.Select(Share.From), Json),
    };

    public UnexplainedVolume ToUnexplained() => new(
        new(AccountId), Core.Primitives.Symbol.ParseCanonical(Symbol), EnumText<Side>.Parse(Side), Added, TakenAt, new(Volume))
    {
        Lots = Lots is { } lots ? [.. (JsonSerializer.Deserialize<Share[]>(lots, Json) ?? []).Select(share => share.ToLot())] : [],
    };

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private sealed record Share(
        Guid LotId, DateTimeOffset TakenAt, decimal Volume, DateOnly? OpenedOn, DateTimeOffset? OpenedAt, decimal? OpenPrice, decimal? MarkBasis, decimal FeeTodayUsed, Guid? LockId, decimal? ClosedAt)
    {
        public static Share From(UnexplainedLot lot) => new(
            lot.LotId, lot.TakenAt, lot.Volume.Value, lot.OpenedOn, lot.OpenedAt, lot.OpenPrice?.Value, lot.MarkBasis?.Value, lot.FeeTodayUsed.Value, lot.LockId, lot.ClosedAt?.Value);

        public UnexplainedLot ToLot() => new()
        {
            LotId = LotId,
            TakenAt = TakenAt,
            Volume = new(Volume),
            OpenedOn = OpenedOn,
            OpenedAt = OpenedAt,
            OpenPrice = OpenPrice is { } price ? new(price) : null,
            MarkBasis = MarkBasis is { } basis ? new(basis) : null,
            FeeTodayUsed = new(FeeTodayUsed),
            LockId = LockId,
            ClosedAt = ClosedAt is { } closed ? new(closed) : null,
        };
    }
}
