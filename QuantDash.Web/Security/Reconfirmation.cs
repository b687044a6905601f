using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Security;

public enum ReconfirmOutcome { Confirmed, Wrong, Blocked }

/// <summary>Asks whoever is signed in to show who it is once more, before what is dangerous.</summary>
public interface IReconfirmation
{
    /// <summary>Shown within the last five minutes. Programs hold no password: a key is asked for nothing but its scope.</summary>
    ValueTask<bool> IsFreshAsync(ClaimsPrincipal user);

    /// <param name="user">Whoever is signed in.</param>
    /// <param name="secret">The password, or a code of the app.</param>
    Task<ReconfirmOutcome> ConfirmAsync(ClaimsPrincipal user, string secret);
}

/// <inheritdoc/>
public sealed class Reconfirmation(IServiceScopeFactory scopes, Sessions sessions, SecondFactor factor, SignInThrottle throttle, TimeProvider clock) : IReconfirmation
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public async ValueTask<bool> IsFreshAsync(ClaimsPrincipal user) =>
        user.Identity?.AuthenticationType == ApiKeyAuthentication.SchemeName
        || (Sessions.Of(user) is { } id && await sessions.FindAsync(id) is { } session && clock.GetUtcNow() - session.ConfirmedAt < Life);

    public async Task<ReconfirmOutcome> ConfirmAsync(ClaimsPrincipal user, string secret)
    {
        var name = user.Identity?.Name ?? "";
        var from = $"session {Sessions.Of(user)}";
        if (throttle.IsBlocked(name, from)) return ReconfirmOutcome.Blocked;
        if (Sessions.Of(user) is { } session && Sessions.UserOf(user) is { } id && await IsRightAsync(id, secret))
        {
            throttle.Succeeded(name);
            await sessions.ConfirmAsync(session);
            return ReconfirmOutcome.Confirmed;
        }

        throttle.Failed(name, from);
        return ReconfirmOutcome.Wrong;
    }

    private async Task<bool> IsRightAsync(Guid id, string secret)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        return await users.FindByIdAsync(id.ToString("D")) is { LockedAt: null } user && (await users.CheckPasswordAsync(user, secret) || await factor.TakeAsync(users, user, secret));
    }
}

public static class ReconfirmationFilter
{
    /// <summary>A browser session may ask for this only within five minutes of showing who it is.</summary>
    public static TBuilder RequireReconfirmation<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.AddEndpointFilter(async (context, next) =>
            await context.HttpContext.RequestServices.GetRequiredService<IReconfirmation>().IsFreshAsync(context.HttpContext.User) ? await next(context) : Refusal());

    public static ProblemAnswer Refusal() => ProblemAnswer.Of(ProblemKind.Forbidden, "confirm_yourself");
}
