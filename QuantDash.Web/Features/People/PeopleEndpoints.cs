using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.People;

/// <summary>People and their sessions. A browser session changes them only within five minutes of showing who it is.</summary>
public static class PeopleEndpoints
{
    private const int LongestName = 64;
    private const int LongestSecret = 256;

    public static IServiceCollection AddPeople(this IServiceCollection services) => services.AddSingleton<PeopleDesk>().AddSingleton<OwnAccount>();

    public static void MapPeople(this IEndpointRouteBuilder app)
    {
        var people = app.MapGroup("/api/users").RequireAuthorization(Scopes.Admin).WithTags("People");
        people.MapGet("", async (PeopleDesk desk) => Answers.Whole((await desk.ListAsync()).Select(PersonAnswer.Of))).WithSummary("Everybody who may sign in").Produces<ListAnswer<PersonAnswer>>();
        people.MapPost("", AddAsync).RequireReconfirmation().WithSummary("Adds a person; the link to choose a password is shown this once").Takes<NewPersonBody>().Produces<InvitedAnswer>(StatusCodes.Status201Created);
        people.MapPut("{id:guid}", ChangeAsync).RequireReconfirmation().WithSummary("Changes the role, or locks and unlocks; the person's sessions end").Takes<PersonBody>().Produces<PersonAnswer>();
        people.MapPost("{id:guid}/reset", async (Guid id, HttpContext context, PeopleDesk desk) => Answers.Of(await desk.ResetAsync(id, Sessions.UserOf(context.User)), InvitedAnswer.Of))
            .RequireReconfirmation().WithSummary("Ends password, second step and sessions; the link to choose another password is shown this once").Produces<InvitedAnswer>();
        people.MapDelete("{id:guid}", DeleteAsync).RequireReconfirmation().WithSummary("Deletes a person; never the last administrator").Produces(StatusCodes.Status204NoContent);

        var sessions = app.MapGroup("/api/sessions").RequireAuthorization(Scopes.Admin).WithTags("People");
        sessions.MapGet("", ListSessionsAsync).WithSummary("Who is signed in where, the latest first").Produces<ListAnswer<SessionAnswer>>();
        sessions.MapDelete("{id:guid}", async (Guid id, PeopleDesk desk) => await desk.EndSessionAsync(id) ? Results.NoContent() : ProblemAnswer.Of(ProblemKind.NotFound, "unknown_session", id))
            .WithSummary("Ends a session; its open pages lose their rights within 30 s").Produces(StatusCodes.Status204NoContent);
        app.MapPost("/api/session/confirm", ConfirmAsync).RequireAuthorization(Scopes.Read).WithTags("People")
            .WithSummary("Shows again who one is, with the password or a code: for five minutes, what asks for it is open to this session").Takes<ConfirmBody>().Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> AddAsync(HttpContext context, PeopleDesk desk)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("name", "role");
        var (name, role) = (body.Text("name", LongestName), body.Text("role", LongestName));
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        var added = await desk.AddAsync(name!, role!);
        return added.Succeeded ? Results.Created("/api/users", InvitedAnswer.Of(added.Value)) : ProblemAnswer.Of(added.Problems);
    }

    private static async Task<IResult> ChangeAsync(Guid id, HttpContext context, PeopleDesk desk)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var (role, locked) = (body.Text("role", LongestName), body.Flag("locked"));
        if (role is null && locked is null && body.Problems.Count == 0) body.Refuse("role", "required");
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        var self = Sessions.UserOf(context.User);
        var changed = role is null ? await desk.SetLockedAsync(id, locked!.Value, self) : await desk.SetRoleAsync(id, role, self);
        if (changed.Succeeded && role is not null && locked is { } also) changed = await desk.SetLockedAsync(id, also, self);
        return Answers.Of(changed, PersonAnswer.Of);
    }

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext context, PeopleDesk desk)
    {
        var deleted = await desk.DeleteAsync(id, Sessions.UserOf(context.User));
        return deleted.Succeeded ? Results.NoContent() : ProblemAnswer.Of(deleted.Problems);
    }

    private static async Task<IResult> ListSessionsAsync(PeopleDesk desk, Sessions sessions, CancellationToken stop)
    {
        var names = (await desk.ListAsync()).ToDictionary(p => p.Id, p => p.Name);
        return Answers.Whole((await sessions.ListAsync(null, stop)).Select(s => SessionAnswer.Of(s, names.GetValueOrDefault(s.UserId, ""))));
    }

    private static async Task<IResult> ConfirmAsync(HttpContext context, IReconfirmation reconfirmation)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("secret");
        var secret = body.Text("secret", LongestSecret);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return await reconfirmation.ConfirmAsync(context.User, secret!) switch
        {
            ReconfirmOutcome.Confirmed => Results.NoContent(),
            ReconfirmOutcome.Blocked => ProblemAnswer.Of(ProblemKind.TooManyRequests, "too_many_guesses"),
            _ => ProblemAnswer.Of([new Problem("secret", "wrong_password")]),
        };
    }
}

/// <param name="Name">2 to 32 of letters, digits, '.', '_' and '-'.</param>
/// <param name="Role">viewer, trader or admin.</param>
public sealed record NewPersonBody(string Name, string Role);

/// <param name="Role">viewer, trader or admin.</param>
/// <param name="Locked">Kept out until unlocked.</param>
public sealed record PersonBody(string? Role, bool? Locked);

/// <param name="Secret">The password, or a code of the authenticator app.</param>
public sealed record ConfirmBody(string Secret);

/// <param name="State">active, invited, link_spent or locked.</param>
public sealed record PersonAnswer(Guid Id, string Name, string Role, PersonState State, bool SecondFactor, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt)
{
    public static PersonAnswer Of(Person person) => new(person.Id, person.Name, person.Role, person.State, person.HasSecondFactor, person.CreatedAt, person.LastSignInAt);
}

/// <param name="SetUpPath">The address below this host where the person chooses a password, once, within 24 hours.</param>
public sealed record InvitedAnswer(PersonAnswer User, string SetUpPath)
{
    public static InvitedAnswer Of(Invited invited) => new(PersonAnswer.Of(invited.Person), "/setup?token=" + invited.Token);
}

public sealed record SessionAnswer(Guid Id, Guid UserId, string User, string Device, string Address, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt)
{
    public static SessionAnswer Of(UserSession session, string user) => new(session.Id, session.UserId, user, session.Device, session.Address, session.CreatedAt, session.LastSeenAt);
}
