using System.Text.Json;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>tape_events</c>: rows are only ever added.</summary>
internal sealed class TapeEventRow
{
    public long Number { get; set; }
    public DateTimeOffset At { get; set; }
    public required string Severity { get; set; }
    public required string Key { get; set; }

    /// <summary>JSON array of texts.</summary>
    public required string Values { get; set; }
    public Guid? AccountId { get; set; }
    public string? Symbol { get; set; }
    public Guid? SubjectId { get; set; }

    public static TapeEventRow From(TapeEvent entry) => new()
    {
        Number = entry.Number,
        At = entry.At,
        Severity = EnumText<TapeSeverity>.Of(entry.Severity),
        Key = entry.Key,
        Values = JsonSerializer.Serialize(entry.Values),
        AccountId = entry.AccountId?.Value,
        Symbol = entry.Symbol?.ToString(),
        SubjectId = entry.SubjectId,
    };

    public TapeEvent ToEvent() => new()
    {
        Number = Number,
        At = At,
        Severity = EnumText<TapeSeverity>.Parse(Severity),
        Key = Key,
        Values = JsonSerializer.Deserialize<string[]>(Values) ?? [],
        AccountId = AccountId is { } account ? new(account) : null,
        Symbol = Symbol is { } symbol ? Core.Primitives.Symbol.ParseCanonical(symbol) : null,
        SubjectId = SubjectId,
    };
}
