using QuantDash.Core.Markets;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>sources</c>.</summary>
internal sealed class SourceRow
{
    public required string Name { get; set; }
    public required string Clock { get; set; }
    public bool SessionsAlways { get; set; }
    public bool ExpiryNone { get; set; }

    /// <summary>Seconds.</summary>
    public int? PollInterval { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    public static SourceRow From(Source source) => new()
    {
        Name = source.Name.Value,
        Clock = EnumText<SourceClock>.Of(source.Clock),
        SessionsAlways = source.SessionsAlways,
        ExpiryNone = source.ExpiryNone,
        PollInterval = source.PollInterval is { } interval ? (int)interval.TotalSeconds : null,
        CreatedAt = source.CreatedAt,
    };

    public Source ToSource() => new()
    {
        Name = new(Name),
        Clock = EnumText<SourceClock>.Parse(Clock),
        SessionsAlways = SessionsAlways,
        ExpiryNone = ExpiryNone,
        PollInterval = PollInterval is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        CreatedAt = CreatedAt,
    };
}
