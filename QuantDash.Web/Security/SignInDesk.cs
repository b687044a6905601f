using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using QuantDash.Core.Audit;

namespace QuantDash.Web.Security;

public enum SignInOutcome { Welcome, Refused, Blocked }

/// <summary>Signs people in and out. Every attempt costs one password hash, whoever is named, so that time tells nothing about who exists.</summary>
public sealed class SignInDesk(
    UserManager<AppUser> users,
    IUserClaimsPrincipalFactory<AppUser> principals,
    IPasswordHasher<AppUser> hasher,
    SignInThrottle throttle,
    SessionStamps stamps,
    IAuditLog audit,
    TimeProvider clock,
    ILogger<SignInDesk> log)
{
    private static readonly AppUser Nobody = new();
    private static readonly string NobodysHash = new PasswordHasher<AppUser>().HashPassword(Nobody, Guid.NewGuid().ToString());

    public async Task<SignInOutcome> SignInAsync(HttpContext context, string name, string password)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (throttle.IsBlocked(name, address)) return SignInOutcome.Blocked;

        var user = await users.FindByNameAsync(name);
        var right = hasher.VerifyHashedPassword(user ?? Nobody, user?.PasswordHash ?? NobodysHash, password) != PasswordVerificationResult.Failed;
        if (user?.PasswordHash is null || !right)
        {
            throttle.Failed(name, address);
            log.LogWarning("Sign-in refused from {Address}", address);
            await NoteAsync("sign_in.refused", Actor.Engine, name, address);
            return SignInOutcome.Refused;
        }

        throttle.Succeeded(name);
        await StartSessionAsync(context, user);
        log.LogInformation("{User} signed in from {Address}", user.UserName, address);
        await NoteAsync("sign_in", Actor.Of(ActorKind.User, user.UserName), user.UserName, address);
        return SignInOutcome.Welcome;
    }

    public async Task StartSessionAsync(HttpContext context, AppUser user) =>
        await context.SignInAsync(SessionCookie.SchemeName, await principals.CreateAsync(user), SessionCookie.Start(clock.GetUtcNow()));

    /// <summary>Ends every session of the user: a copied cookie is worth nothing afterwards.</summary>
    public async Task SignOutAsync(HttpContext context)
    {
        if (await users.GetUserAsync(context.User) is { } user)
        {
            await users.UpdateSecurityStampAsync(user);
            stamps.Forget(user.Id);
            log.LogInformation("{User} signed out", user.UserName);
            await NoteAsync("sign_out", Actor.Of(ActorKind.User, user.UserName), user.UserName, null);
        }

        await context.SignOutAsync(SessionCookie.SchemeName);
    }

    private Task NoteAsync(string action, Actor actor, string? user, string? address) => audit.RecordAsync(new()
    {
        At = clock.GetUtcNow(), Actor = actor, Action = action, Subject = user, After = address is null ? null : JsonSerializer.Serialize(new Dictionary<string, string> { ["address"] = address }),
    });
}
