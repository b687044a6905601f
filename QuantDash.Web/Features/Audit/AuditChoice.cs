using System.Globalization;
using QuantDash.Core.Audit;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Audit;

/// <summary>What is chosen above the audit log; days are the exchange's.</summary>
public sealed class AuditChoice
{
    public static IReadOnlyList<string> Kinds { get; } = ["rule", "trigger", "order", "trade", "lock", "account", "position", "bridge", "feed", "sign_in", "sign_out", "user", "session", "key", "backup", "service", "job", "notification_channel", "notification_settings", "rate"];

    public ActorKind? Actor { get; set; }

    /// <summary>One of <see cref="Kinds"/>; empty for all.</summary>
    public string Kind { get; set; } = "";
    public string Symbol { get; set; } = "";

    /// <summary>A rule's, trigger's, order's or lock's id.</summary>
    public string Id { get; set; } = "";
    public DateOnly? From { get; set; }

    /// <summary>The last day shown.</summary>
    public DateOnly? To { get; set; }

    /// <summary>Everything that followed from one cause is told as a story, from its beginning.</summary>
    public Guid? Story { get; set; }

    public bool WrongSymbol => Symbol.Trim().Length > 0 && !Core.Primitives.Symbol.TryParseCanonical(Symbol.Trim(), out _);

    public AuditFilter Build(AccountId? account) => Story is { } story ? new() { CorrelationId = story } : new()
    {
        ActorKind = Actor,
        Action = Kind.Length > 0 ? Kind : null,
        AccountId = account,
        Symbol = Core.Primitives.Symbol.TryParseCanonical(Symbol.Trim(), out var symbol) ? symbol : null,
        Subject = Id.Trim() is { Length: > 0 } id ? id : null,
        Since = Start(From),
        Before = Start(To?.AddDays(1)),
    };

    /// <summary>The same as a query of the export addresses.</summary>
    public string Query(AccountId? account)
    {
        var filter = Build(account);
        (string Name, string? Value)[] parts =
        [
            ("actor_kind", filter.ActorKind is { } kind ? WireNames<ActorKind>.Of(kind) : null), ("action", filter.Action), ("account_id", filter.AccountId?.ToString()),
            ("symbol", filter.Symbol?.ToString()), ("subject", filter.Subject), ("correlation_id", filter.CorrelationId?.ToString("D")),
            ("since", filter.Since?.ToString("O", CultureInfo.InvariantCulture)), ("before", filter.Before?.ToString("O", CultureInfo.InvariantCulture)),
        ];
        return string.Join('&', parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
    }

    private static DateTimeOffset? Start(DateOnly? day) => day is { } date ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), ScreenTime.ExchangeOffset) : null;
}
