using System.Text.Json;
using System.Text.Json.Serialization;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>reconciliation_runs</c>: comparisons that are kept, rows are only ever added, and forgotten when they are old.</summary>
internal sealed class ReconciliationRunRow
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public Guid AccountId { get; set; }
    public DateTimeOffset EndedAt { get; set; }
    public required string Why { get; set; }
    public DateTimeOffset? AskedAt { get; set; }
    public int Legs { get; set; }
    public int Orders { get; set; }
    public int Trades { get; set; }
    public int Found { get; set; }
    public int Open { get; set; }
    public int QuietBefore { get; set; }

    /// <summary>JSON array of <see cref="Named"/>.</summary>
    public required string Differences { get; set; }

    public static ReconciliationRunRow From(ReconciliationRecord record) => new()
    {
        AccountId = record.AccountId.Value,
        EndedAt = record.Run.EndedAt,
        Why = EnumText<ReconciliationWhy>.Of(record.Run.Why),
        AskedAt = record.Run.AskedAt,
        Legs = record.Run.Legs,
        Orders = record.Run.Orders,
        Trades = record.Run.Trades,
        Found = record.Found,
        Open = record.Open,
        QuietBefore = record.QuietBefore,
        Differences = JsonSerializer.Serialize(record.Differences.Select(Named.From), Json),
    };

    public ReconciliationRecord ToRecord() => new()
    {
        AccountId = new(AccountId),
        Run = new(EnumText<ReconciliationWhy>.Parse(Why), AskedAt, EndedAt, Legs, Orders, Trades),
        Found = Found,
        Open = Open,
        QuietBefore = QuietBefore,
        Differences = [.. (JsonSerializer.Deserialize<Named[]>(Differences, Json) ?? []).Select(named => named.ToDifference())],
    };

    /// <summary>A difference as it was then.</summary>
    private sealed record Named(
        string Key, string Kind, string? Symbol, string? Side, string? OrderId, decimal? Ours, decimal? Venue, DateTimeOffset Since, string Why, bool Adopted, bool CanAdopt)
    {
        public static Named From(Difference difference) => new(
            difference.Key, EnumText<DifferenceKind>.Of(difference.Kind), difference.Symbol?.ToString(), difference.Side is { } side ? EnumText<Core.Primitives.Side>.Of(side) : null, difference.OrderId, difference.Ours,
            difference.Venue, difference.Since, difference.Why, difference.IsAdopted, difference.CanAdopt);

        public Difference ToDifference() => new()
        {
            Key = Key,
            Kind = EnumText<DifferenceKind>.Parse(Kind),
            Symbol = Symbol is { } symbol ? Core.Primitives.Symbol.ParseCanonical(symbol) : null,
            Side = Side is { } side ? EnumText<Core.Primitives.Side>.Parse(side) : null,
            OrderId = OrderId,
            Ours = Ours,
            Venue = Venue,
            Since = Since,
            Why = Why,
            IsAdopted = Adopted,
            CanAdopt = CanAdopt,
        };
    }
}
