using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Keys;

/// <summary>Keys of programs: list, create (the key is shown once), revoke.</summary>
public static class KeyEndpoints
{
    private const int LongestName = 64;

    public static IServiceCollection AddKeys(this IServiceCollection services) => services.AddSingleton<KeyDesk>();

    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        var keys = app.MapGroup("/api/keys").RequireAuthorization(Scopes.Admin).WithTags("Keys");
        keys.MapGet("", ListAsync).WithSummary("All keys, revoked ones too, newest first").Produces<ListAnswer<KeyAnswer>>();
        keys.MapPost("", CreateAsync).WithSummary("A new key; it is shown this once").Takes<KeyBody>().Produces<NewKeyAnswer>(StatusCodes.Status201Created);
        keys.MapDelete("{id:guid}", RevokeAsync).WithSummary("Revokes a key at once").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(KeyDesk desk, CancellationToken stop) =>
        Results.Ok(new ListAnswer<KeyAnswer>([.. (await desk.ListAsync(stop)).Select(KeyAnswer.Of)], null));

    private static async Task<IResult> CreateAsync(HttpContext context, KeyDesk desk, IReconfirmation reconfirmation, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("name", "scopes");
        var name = body.Text("name", LongestName);
        var scopes = ReadScopes(body);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        if (KeyDesk.IsAdmin(scopes) && !await reconfirmation.IsFreshAsync(context.User)) return ReconfirmationFilter.Refusal();

        var (row, key) = await desk.CreateAsync(name!, scopes, stop);
        return Results.Created("/api/keys", new NewKeyAnswer(row.Id, row.Name, row.Prefix, scopes, row.CreatedAt, key));
    }

    private static async Task<IResult> RevokeAsync(Guid id, HttpContext context, KeyDesk desk, ApiKeyRing keys, IReconfirmation reconfirmation, CancellationToken stop)
    {
        var isAdmin = await keys.FindRowAsync(id, stop) is { } row && KeyDesk.IsAdmin(row.Scopes.Split(' '));
        if (isAdmin && !await reconfirmation.IsFreshAsync(context.User)) return ReconfirmationFilter.Refusal();
        return await desk.RevokeAsync(id, stop) ? Results.NoContent() : ProblemAnswer.Of(ProblemKind.NotFound, "unknown_key", id);
    }

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
    Guid Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
{
    public static KeyAnswer Of(ApiKey key) =>
        new(key.Id, key.Name, key.Prefix, key.Scopes.Split(' '), key.CreatedAt, key.CreatedBy, key.LastUsedAt, key.RevokedAt);
}

/// <param name="Key">The key itself: keep it now, it cannot be shown again.</param>
public sealed record NewKeyAnswer(Guid Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, string Key);
