using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Primitives;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.People;

/// <summary>Who may sign in, and as what. Every change ends the person's sessions and is written down; the last administrator stays.</summary>
public sealed class PeopleDesk(IServiceScopeFactory scopes, Invitations invitations, Sessions sessions, SecurityNotes notes, TimeProvider clock)
{
    private const int LongestName = 32;

    public Task<IReadOnlyList<Person>> ListAsync() => InScopeAsync(async users =>
    {
        var all = await users.Users.OrderBy(u => u.UserName).ToListAsync();
        var people = new List<Person>();
        foreach (var user in all) people.Add(await PersonAsync(users, user));
        return (IReadOnlyList<Person>)people;
    });

    public Task<Outcome<Invited>> AddAsync(string name, string role) => InScopeAsync(async users =>
    {
        Acting.Demand(Scopes.Admin);
        if (!IsName(name)) return Outcome<Invited>.Failure("name", "bad_user_name", LongestName);
        if (!Roles.All.Contains(role)) return Outcome<Invited>.Failure("role", "not_allowed", role, Roles.All);
        if (await users.FindByNameAsync(name) is not null) return Outcome<Invited>.Failure("name", "already_exists", name);
        var user = new AppUser { Id = Guid.NewGuid(), UserName = name, CreatedAt = clock.GetUtcNow() };
        var token = invitations.IssueFor(user);
        await EnsureRoleAsync(role);
        Require(await users.CreateAsync(user));
        Require(await users.AddToRoleAsync(user, role));
        await notes.WriteAsync("user.added", Acting.Now, name, after: new { role });
        return Outcome<Invited>.Success(new(await PersonAsync(users, user), token));
    });

    public Task<Outcome<Person>> SetRoleAsync(Guid id, string role, Guid? self) => ChangeAsync(id, self, async (users, user) =>
    {
        if (!Roles.All.Contains(role)) return new Problem("role", "not_allowed", role, Roles.All);
        var before = await RoleAsync(users, user);
        if (before == role) return null;
        if (before == Roles.Admin && await IsLastAdminAsync(users, user)) return new Problem("role", "last_admin");
        await EnsureRoleAsync(role);
        Require(await users.RemoveFromRolesAsync(user, await users.GetRolesAsync(user)));
        Require(await users.AddToRoleAsync(user, role));
        await EndAsync(users, user);
        await notes.WriteAsync("user.role_changed", Acting.Now, user.UserName, new { role = before }, new { role });
        return null;
    });

    public Task<Outcome<Person>> SetLockedAsync(Guid id, bool locked, Guid? self) => ChangeAsync(id, self, async (users, user) =>
    {
        if (locked == user.LockedAt is not null) return null;
        if (locked && await RoleAsync(users, user) == Roles.Admin && await IsLastAdminAsync(users, user)) return new Problem("locked", "last_admin");
        user.LockedAt = locked ? clock.GetUtcNow() : null;
        await EndAsync(users, user);
        await notes.WriteAsync(locked ? "user.locked" : "user.unlocked", Acting.Now, user.UserName);
        return null;
    });

    /// <summary>The old password and the second step are worth nothing any more; the link lets its holder choose another.</summary>
    public Task<Outcome<Invited>> ResetAsync(Guid id, Guid? self) => InScopeAsync(async users =>
    {
        var token = "";
        var changed = await ChangeAsync(users, id, self, async user =>
        {
            if (await RoleAsync(users, user) == Roles.Admin && await IsLastAdminAsync(users, user)) return new Problem("id", "last_admin");
            token = invitations.IssueFor(user);
            user.PasswordHash = null;
            (user.SecondFactor, user.SecondFactorStep, user.RecoveryCodes) = (null, 0, null);
            await EndAsync(users, user);
            await notes.WriteAsync("user.password_reset", Acting.Now, user.UserName);
            return null;
        });
        return changed.Succeeded ? Outcome<Invited>.Success(new(changed.Value, token)) : Outcome<Invited>.Failure(changed.Problems);
    });

    public Task<Outcome<Person>> ResetSecondFactorAsync(Guid id, Guid? self) => ChangeAsync(id, self, async (users, user) =>
    {
        Require(await SecondFactor.TurnOffAsync(users, user));
        await EndAsync(users, user);
        await notes.WriteAsync("user.second_step_reset", Acting.Now, user.UserName);
        return null;
    });

    public Task<Outcome<Person>> DeleteAsync(Guid id, Guid? self) => ChangeAsync(id, self, async (users, user) =>
    {
        var role = await RoleAsync(users, user);
        if (role == Roles.Admin && await IsLastAdminAsync(users, user)) return new Problem("id", "last_admin");
        await sessions.EndAllAsync(user.Id);
        Require(await users.DeleteAsync(user));
        await notes.WriteAsync("user.deleted", Acting.Now, user.UserName, before: new { role });
        return null;
    });

    /// <summary>Ends one session of anybody.</summary>
    public async Task<bool> EndSessionAsync(Guid session)
    {
        Acting.Demand(Scopes.Admin);
        if (await sessions.FindAsync(session) is not { } found || !await sessions.EndAsync(session)) return false;
        var name = await InScopeAsync(async users => (await users.FindByIdAsync(found.UserId.ToString("D")))?.UserName);
        await notes.WriteAsync("session.ended", Acting.Now, name, before: new { address = found.Address, device = found.Device });
        return true;
    }

    private Task<Outcome<Person>> ChangeAsync(Guid id, Guid? self, Func<UserManager<AppUser>, AppUser, Task<Problem?>> change) =>
        InScopeAsync(users => ChangeAsync(users, id, self, user => change(users, user)));

    // Nobody locks the door behind themselves: what concerns oneself is on one's own page.
    private static async Task<Outcome<Person>> ChangeAsync(UserManager<AppUser> users, Guid id, Guid? self, Func<AppUser, Task<Problem?>> change)
    {
        Acting.Demand(Scopes.Admin);
        if (await users.FindByIdAsync(id.ToString("D")) is not { } user) return Outcome<Person>.Failure("id", "unknown_user", id);
        if (id == self) return Outcome<Person>.Failure("id", "not_yourself");
        return await change(user) is { } problem ? Outcome<Person>.Failure([problem]) : Outcome<Person>.Success(await PersonAsync(users, user));
    }

    /// <summary>A program with a key may add people before the administrator has set up an account, with which the roles come.</summary>
    private async Task EnsureRoleAsync(string role)
    {
        await using var scope = scopes.CreateAsyncScope();
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
        if (!await roles.RoleExistsAsync(role)) Require(await roles.CreateAsync(new(role) { Id = Guid.NewGuid() }));
    }

    private async Task EndAsync(UserManager<AppUser> users, AppUser user)
    {
        Require(await users.UpdateSecurityStampAsync(user));
        await sessions.EndAllAsync(user.Id);
    }

    /// <summary>No other could sign in and mend things.</summary>
    private static async Task<bool> IsLastAdminAsync(UserManager<AppUser> users, AppUser user) =>
        !(await users.GetUsersInRoleAsync(Roles.Admin)).Any(other => other.Id != user.Id && other is { LockedAt: null, PasswordHash: not null });

    private static async Task<string> RoleAsync(UserManager<AppUser> users, AppUser user)
    {
        var roles = await users.GetRolesAsync(user);
        return Roles.All.LastOrDefault(roles.Contains) ?? Roles.Viewer;
    }

    private static async Task<Person> PersonAsync(UserManager<AppUser> users, AppUser user) =>
        new(user.Id, user.UserName ?? "", await RoleAsync(users, user), StateOf(user), user.SecondFactor is not null, user.CreatedAt, user.LastSignInAt);

    private static PersonState StateOf(AppUser user) => user switch
    {
        { LockedAt: not null } => PersonState.Locked,
        { PasswordHash: not null } => PersonState.Active,
        { InviteHash: not null } => PersonState.Invited,
        _ => PersonState.LinkSpent,
    };

    private static bool IsName(string name) => name.Length is >= 2 and <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded) throw new InvalidOperationException("The user was not saved: " + string.Join(' ', result.Errors.Select(e => e.Description)));
    }

    // A context of its own for each wish: a page lives for hours, and what it has read once would be old.
    private async Task<T> InScopeAsync<T>(Func<UserManager<AppUser>, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>());
    }
}
