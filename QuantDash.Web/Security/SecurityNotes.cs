using System.Text.Json;
using QuantDash.Core.Audit;

namespace QuantDash.Web.Security;

/// <summary>What happens to people, sessions and keys, for the audit log and the log of the process. Neither ever holds a password, a code or a key.</summary>
public sealed class SecurityNotes(IAuditLog audit, TimeProvider clock, ILogger<SecurityNotes> log)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public Task WriteAsync(string action, Actor actor, string? subject, object? before = null, object? after = null)
    {
        log.LogInformation("{Action} by {Actor}", action, actor.Name); // Not the subject: people type passwords where their name belongs.
        return audit.RecordAsync(new() { At = clock.GetUtcNow(), Actor = actor, Action = action, Subject = subject, Before = Text(before), After = Text(after) });
    }

    private static string? Text(object? value) => value is null ? null : JsonSerializer.Serialize(value, Json);
}
