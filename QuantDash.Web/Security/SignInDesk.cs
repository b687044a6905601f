using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using QuantDash.Core.Audit;

namespace QuantDash.Web.Security;

public enum SignInOutcome { Welcome, Refused, Blocked, CodeWanted }

/// <param name="Ticket">With <see cref="SignInOutcome.CodeWanted"/>: the right to try the second step.</param>
public readonly record struct SignInResult(SignInOutcome Outcome, string? Ticket = null);

/// <summary>Signs people in and out. Every attempt costs one password hash, whoever is named, so that time tells nothing about who exists.</summary>
public sealed class SignInDesk(
    UserManager<AppUser> users,
    IPasswordHasher<AppUser> hasher,
    SignInThrottle throttle,
    SessionStart start,
    Sessions sessions,
    SecondFactor factor,
    SecurityNotes notes)
{
    private static readonly AppUser Nobody = new();
    private static readonly string NobodysHash = new PasswordHasher<AppUser>().HashPassword(Nobody, Guid.NewGuid().ToString());

    public async Task<SignInResult> SignInAsync(HttpContext context, string name, string password)
    {
        var address = SessionStart.AddressOf(context);
        if (throttle.IsBlocked(name, address)) return new(SignInOutcome.Blocked);

        var user = await users.FindByNameAsync(name);
        var right = hasher.VerifyHashedPassword(user ?? Nobody, user?.PasswordHash ?? NobodysHash, password) != PasswordVerificationResult.Failed;
        if (user?.PasswordHash is null || !right || user.LockedAt is not null) return await RefuseAsync(name, address);
        return user.SecondFactor is null ? await WelcomeAsync(context, user, address) : new(SignInOutcome.CodeWanted, factor.TicketFor(user));
    }

    /// <summary>The second step. Guesses count as those of the password do.</summary>
    public async Task<SignInResult> SignInWithCodeAsync(HttpContext context, string ticket, string code)
    {
        var address = SessionStart.AddressOf(context);
        if (await factor.OpenAsync(users, ticket) is not { } user) return new(SignInOutcome.Refused);
        if (throttle.IsBlocked(user.UserName!, address)) return new(SignInOutcome.Blocked);
        if (await factor.TakeAsync(users, user, code)) return await WelcomeAsync(context, user, address);
        await RefuseAsync(user.UserName!, address);
        return new(SignInOutcome.CodeWanted, ticket);
    }

    /// <summary>Ends this session: a copied cookie is worth nothing afterwards, and its open pages lose their rights.</summary>
    public async Task SignOutAsync(HttpContext context)
    {
        if (Sessions.Of(context.User) is { } session && await sessions.EndAsync(session, context.RequestAborted))
            await notes.WriteAsync("sign_out", Actor.Of(ActorKind.User, context.User.Identity?.Name), context.User.Identity?.Name);
        await context.SignOutAsync(SessionCookie.SchemeName);
    }

    private async Task<SignInResult> WelcomeAsync(HttpContext context, AppUser user, string address)
    {
        throttle.Succeeded(user.UserName!);
        await start.OpenAsync(context, user);
        await notes.WriteAsync("sign_in", Actor.Of(ActorKind.User, user.UserName), user.UserName, after: new { address, second_step = user.SecondFactor is not null });
        return new(SignInOutcome.Welcome);
    }

    private async Task<SignInResult> RefuseAsync(string name, string address)
    {
        throttle.Failed(name, address);
        await notes.WriteAsync("sign_in.refused", Actor.Engine, name, after: new { address });
        return new(SignInOutcome.Refused);
    }
}
