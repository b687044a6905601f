using QuantDash.Core.Markets;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>price_alerts</c>.</summary>
internal sealed class PriceAlertRow
{
    public Guid Id { get; set; }
    public required string Source { get; set; }
    public required string Symbol { get; set; }
    public decimal Level { get; set; }
    public required string Direction { get; set; }
    public bool Repeats { get; set; }
    public string? Note { get; set; }
    public required string Status { get; set; }
    public int Times { get; set; }
    public DateTimeOffset? ToldAt { get; set; }
    public decimal? ToldPrice { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    public static PriceAlertRow From(PriceAlert alert) => new()
    {
        Id = alert.Id,
        Source = alert.Source.Value,
        Symbol = alert.Symbol.ToString(),
        Level = alert.Level.Value,
        Direction = EnumText<AlertDirection>.Of(alert.Direction),
        Repeats = alert.Repeats,
        Note = alert.Note,
        Status = EnumText<AlertState>.Of(alert.State),
        Times = alert.Times,
        ToldAt = alert.ToldAt,
        ToldPrice = alert.ToldPrice?.Value,
        CreatedAt = alert.CreatedAt,
        UpdatedAt = alert.UpdatedAt,
    };

    public PriceAlert ToAlert() => new()
    {
        Id = Id,
        Source = new(Source),
        Symbol = Core.Primitives.Symbol.ParseCanonical(Symbol),
        Level = new(Level),
        Direction = EnumText<AlertDirection>.Parse(Direction),
        Repeats = Repeats,
        Note = Note,
        State = EnumText<AlertState>.Parse(Status),
        Times = Times,
        ToldAt = ToldAt,
        ToldPrice = ToldPrice is { } price ? new(price) : null,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}
