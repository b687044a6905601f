using Microsoft.AspNetCore.Identity;
using QuantDash.Core.Primitives;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.People;

/// <param name="RecoveryCodes">How many are left.</param>
public sealed record OwnSecurity(string Name, bool HasSecondFactor, int RecoveryCodes);

/// <summary>What everybody may change about their own sign-in. All sessions end with the password, this one too.</summary>
public sealed class OwnAccount(IServiceScopeFactory scopes, SecondFactor factor, SignInThrottle throttle, Sessions sessions, SecurityNotes notes)
{
    public Task<OwnSecurity?> ReadAsync(Guid id) =>
        WithAsync(id, (_, user) => Task.FromResult<OwnSecurity?>(new(user.UserName ?? "", user.SecondFactor is not null, SecondFactor.RecoveryCodesLeft(user))), null);

    /// <summary>Problems: <c>wrong_password</c>, <c>passwords_differ</c>, those of <see cref="PasswordRules"/>; none when it is done.</summary>
    public Task<IReadOnlyList<Problem>> ChangePasswordAsync(Guid id, string present, string chosen, string repeat) => WithAsync<IReadOnlyList<Problem>>(
        id,
        async (users, user) =>
        {
            var from = $"own page of {user.Id}";
            if (throttle.IsBlocked(user.UserName!, from)) return [new("present", "too_many_guesses")];
            if (!await users.CheckPasswordAsync(user, present))
            {
                throttle.Failed(user.UserName!, from);
                return [new("present", "wrong_password")];
            }

            if (chosen != repeat) return [new("repeat", "passwords_differ")];
            if (PasswordRules.Check("chosen", chosen) is { Count: > 0 } problems) return problems;
            if (!(await users.ChangePasswordAsync(user, present, chosen)).Succeeded) return [new("chosen", "password_too_simple")];
            await sessions.EndAllAsync(user.Id);
            await notes.WriteAsync("user.password_changed", Acting.Now, user.UserName);
            return [];
        },
        [new("", "unknown_user", id)]);

    /// <summary>The recovery codes, shown once; null: the code is wrong.</summary>
    public Task<IReadOnlyList<string>?> TurnOnSecondFactorAsync(Guid id, byte[] secret, string code) => WithAsync<IReadOnlyList<string>?>(
        id,
        async (users, user) =>
        {
            if (await factor.TurnOnAsync(users, user, secret, code) is not { } codes) return null;
            await notes.WriteAsync("user.second_step_on", Acting.Now, user.UserName);
            return codes;
        },
        null);

    public Task<bool> TurnOffSecondFactorAsync(Guid id) => WithAsync(
        id,
        async (users, user) =>
        {
            await SecondFactor.TurnOffAsync(users, user);
            await notes.WriteAsync("user.second_step_off", Acting.Now, user.UserName);
            return true;
        },
        false);

    /// <summary>Ends a session of one's own, and no other's.</summary>
    public async Task<bool> EndSessionAsync(Guid id, Guid session)
    {
        if (await sessions.FindAsync(session) is not { } found || found.UserId != id || !await sessions.EndAsync(session)) return false;
        await notes.WriteAsync("session.ended", Acting.Now, Acting.Now.Name, before: new { address = found.Address, device = found.Device });
        return true;
    }

    private async Task<T> WithAsync<T>(Guid id, Func<UserManager<AppUser>, AppUser, Task<T>> work, T otherwise)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        return await users.FindByIdAsync(id.ToString("D")) is { LockedAt: null } user ? await work(users, user) : otherwise;
    }
}
