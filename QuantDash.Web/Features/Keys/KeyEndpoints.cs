using System.Security.Claims;
using System.Text.Json;
using QuantDash.Core.Audit;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Keys;

/// <summary>Keys of programs: list, create (the key is shown once), revoke.</summary>
public static class KeyEndpoints
{
    private const int LongestName = 64;

    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        var keys = app.MapGroup("/api/keys").RequireAuthorization(Scopes.Admin).WithTags("Keys");
        keys.MapGet("", ListAsync).WithSummary("All keys, revoked ones too, newest first").Produces<ListAnswer<KeyAnswer>>();
        keys.MapPost("", CreateAsync).WithSummary("A new key; it is shown this once").Takes<KeyBody>().Produces<NewKeyAnswer>(StatusCodes.Status201Created);
        keys.MapDelete("{id:guid}", RevokeAsync).WithSummary("Revokes a key at once").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(ApiKeyRing keys, CancellationToken stop) =>
        Results.Ok(new ListAnswer<KeyAnswer>([.. (await keys.ListAsync(stop)).Select(KeyAnswer.Of)], null));

    private static async Task<IResult> CreateAsync(HttpContext context, ApiKeyRing keys, IAuditLog audit, TimeProvider clock, ILoggerFactory log, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("name", "scopes");
        var name = body.Text("name", LongestName);
        var scopes = ReadScopes(body);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);

        var creator = context.User.FindFirstValue(ClaimTypes.Name) ?? "";
        var (row, key) = await keys.CreateAsync(name!, scopes, creator, stop);
        log.CreateLogger(typeof(KeyEndpoints)).LogInformation("{User} created key {Prefix} with {Scopes}", creator, row.Prefix, row.Scopes);
        await audit.RecordAsync(Note("key.created", row.Id, clock) with { After = JsonSerializer.Serialize(new { name = row.Name, prefix = row.Prefix, scopes = row.Scopes }) }, stop);
        return Results.Created($"/api/keys/{row.Id}", new NewKeyAnswer(row.Id, row.Name, row.Prefix, scopes, row.CreatedAt, key));
    }

    private static async Task<IResult> RevokeAsync(Guid id, ApiKeyRing keys, HttpContext context, IAuditLog audit, TimeProvider clock, ILoggerFactory log, CancellationToken stop)
    {
        if (!await keys.RevokeAsync(id, stop)) return ProblemAnswer.Of(ProblemKind.NotFound, "unknown_key", id);
        log.CreateLogger(typeof(KeyEndpoints)).LogInformation("{User} revoked key {Key}", context.User.FindFirstValue(ClaimTypes.Name), id);
        await audit.RecordAsync(Note("key.revoked", id, clock), stop);
        return Results.NoContent();
    }

    private static AuditNote Note(string action, Guid id, TimeProvider clock) => new() { At = clock.GetUtcNow(), Actor = Acting.Now, Action = action, Subject = id.ToString() };

    private static IReadOnlyList<string> ReadScopes(JsonFields body)
    {
        var scopes = body.Texts("scopes", Scopes.All.Count) ?? [];
        var unknown = scopes.Where(s => !Scopes.All.Contains(s)).ToList();
        if (unknown.Count > 0) body.Refuse("scopes", "not_allowed", unknown, Scopes.All);
        else if (scopes.Count == 0 && body.HasValue("scopes")) body.Refuse("scopes", "required");
        return scopes;
    }
}

/// <param name="Name">What it is called, at most 64 characters.</param>
/// <param name="Scopes">read, trade, bridge, admin.</param>
public sealed record KeyBody(string Name, IReadOnlyList<string> Scopes);

public sealed record KeyAnswer(
    Guid Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? RevokedAt)
{
    public static KeyAnswer Of(ApiKey key) =>
        new(key.Id, key.Name, key.Prefix, key.Scopes.Split(' '), key.CreatedAt, key.CreatedBy, key.RevokedAt);
}

/// <param name="Key">The key itself: keep it now, it cannot be shown again.</param>
public sealed record NewKeyAnswer(Guid Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, string Key);
