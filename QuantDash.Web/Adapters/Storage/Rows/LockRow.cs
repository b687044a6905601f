using System.Text.Json;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
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
    public decimal? LockPrice { get; set; }
    public decimal? FrozenProfit { get; set; }
    public decimal Fees { get; set; }

    /// <summary><c>[{"lot_id":"…","side":"long","volume":8}]</c>.</summary>
    public required string Bindings { get; set; }
    public bool IsAdopted { get; set; }
    public decimal UnlockedVolume { get; set; }
    public decimal? RealisedProfit { get; set; }
    public int Children { get; set; }

    /// <summary>What an unlock under way has still to send: <c>{"steps":[{"leg":"short","volume":8}],"type":"market","long_price":null,"short_price":null}</c>.</summary>
    public string? Unlocking { get; set; }
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
        LockPrice = @lock.LockPrice?.Value,
        FrozenProfit = @lock.FrozenProfit,
        Fees = @lock.Fees,
        Bindings = JsonSerializer.Serialize(@lock.Bindings.Select(Binding.From), Json),
        IsAdopted = @lock.IsAdopted,
        UnlockedVolume = @lock.UnlockedVolume.Value,
        RealisedProfit = @lock.RealisedProfit,
        Children = @lock.Children,
        Unlocking = @lock.Unlocking is { } unlocking ? JsonSerializer.Serialize(Command.From(unlocking), Json) : null,
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
        LockPrice = LockPrice is { } against ? new(against) : null,
        FrozenProfit = FrozenProfit,
        Fees = Fees,
        Bindings = [.. (JsonSerializer.Deserialize<Binding[]>(Bindings, Json) ?? []).Select(b => b.ToBinding())],
        IsAdopted = IsAdopted,
        UnlockedVolume = new(UnlockedVolume),
        RealisedProfit = RealisedProfit,
        Children = Children,
        Unlocking = Unlocking is { } unlocking ? JsonSerializer.Deserialize<Command>(unlocking, Json)?.ToCommand() : null,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private sealed record Binding(Guid LotId, string Side, decimal Volume)
    {
        public static Binding From(LotBinding binding) => new(binding.LotId, EnumText<Side>.Of(binding.Side), binding.Volume.Value);

        public LotBinding ToBinding() => new(LotId, EnumText<Side>.Parse(Side), new(Volume));
    }

    private sealed record Command(IReadOnlyList<Step> Steps, string Type, decimal? LongPrice, decimal? ShortPrice)
    {
        public static Command From(UnlockCommand command) => new(
            [.. command.Steps.Select(step => new Step(EnumText<Side>.Of(step.Leg), step.Volume.Value))], EnumText<OrderType>.Of(command.Type),
            command.LongPrice?.Value, command.ShortPrice?.Value);

        public UnlockCommand ToCommand() => new(
            [.. Steps.Select(step => new UnlockStep(EnumText<Side>.Parse(step.Leg), new(step.Volume)))], EnumText<OrderType>.Parse(Type),
            LongPrice is { } buy ? new(buy) : null, ShortPrice is { } sell ? new(sell) : null);
    }

    private sealed record Step(string Leg, decimal Volume);
}
