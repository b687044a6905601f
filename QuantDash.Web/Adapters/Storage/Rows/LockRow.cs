using System.Text.Json;
using QuantDash.Core.Locking;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>locks</c>. The bound lots stand in one JSON column: they are only ever read and written with their lock.</summary>
internal sealed class LockRow
{
    public Guid Id { get; set; }
    public Guid AccountId { get; set; }
    public required string Symbol { get; set; }
    public required string LockedSide { get; set; }
    public Guid? TriggerId { get; set; }
    public required string Status { get; set; }
    public decimal Volume { get; set; }
    public decimal Ratio { get; set; }
    public decimal? ProtectedPrice { get; set; }
    public decimal LockPrice { get; set; }
    public decimal? FrozenProfit { get; set; }
    public decimal Fees { get; set; }

    /// <summary><c>[{"lot_id":"…","side":"long","volume":8}]</c>.</summary>
    public required string Bindings { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    public static LockRow From(PositionLock @lock) => new()
    {
        Id = @lock.Id,
        AccountId = @lock.AccountId.Value,
        Symbol = @lock.Symbol.ToString(),
        LockedSide = EnumText<Side>.Of(@lock.LockedSide),
        TriggerId = @lock.TriggerId,
        Status = EnumText<LockStatus>.Of(@lock.Status),
        Volume = @lock.Volume.Value,
        Ratio = @lock.Ratio.Value,
        ProtectedPrice = @lock.ProtectedPrice?.Value,
        LockPrice = @lock.LockPrice.Value,
        FrozenProfit = @lock.FrozenProfit,
        Fees = @lock.Fees,
        Bindings = JsonSerializer.Serialize(@lock.Bindings.Select(Binding.From), Json),
        CreatedAt = @lock.CreatedAt,
        UpdatedAt = @lock.UpdatedAt,
    };

    public PositionLock ToLock() => new()
    {
        Id = Id,
        AccountId = new(AccountId),
        Symbol = Core.Primitives.Symbol.ParseCanonical(Symbol),
        LockedSide = EnumText<Side>.Parse(LockedSide),
        TriggerId = TriggerId,
        Status = EnumText<LockStatus>.Parse(Status),
        Volume = new(Volume),
        Ratio = new(Ratio),
        ProtectedPrice = ProtectedPrice is { } price ? new(price) : null,
        LockPrice = new(LockPrice),
        FrozenProfit = FrozenProfit,
        Fees = Fees,
        Bindings = [.. (JsonSerializer.Deserialize<Binding[]>(Bindings, Json) ?? []).Select(b => b.ToBinding())],
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private sealed record Binding(Guid LotId, string Side, decimal Volume)
    {
        public static Binding From(LotBinding binding) => new(binding.LotId, EnumText<Side>.Of(binding.Side), binding.Volume.Value);

        public LotBinding ToBinding() => new(LotId, EnumText<Side>.Parse(Side), new(Volume));
    }
}
