using Microsoft.AspNetCore.Identity;

namespace QuantDash.Web.Security;

/// <summary>The administrator's account: whether there is one, and its password.</summary>
public sealed class AdminAccount(UserManager<AppUser> users, RoleManager<IdentityRole<Guid>> roles, Sessions sessions, TimeProvider clock)
{
    public const string UsualName = "admin";

    public async Task<bool> ExistsAsync() =>
        await roles.RoleExistsAsync(Roles.Admin) && (await users.GetUsersInRoleAsync(Roles.Admin)).Any(u => u.PasswordHash is not null);

    /// <summary>Creates the administrator, or changes its password and ends its sessions; the same password changes nothing.</summary>
    public async Task SetPasswordAsync(string password)
    {
        foreach (var role in Roles.All)
        {
            if (!await roles.RoleExistsAsync(role)) Require(await roles.CreateAsync(new(role) { Id = Guid.NewGuid() }));
        }

        var user = await users.FindByNameAsync(UsualName) ?? await CreateAsync();
        if (!await users.IsInRoleAsync(user, Roles.Admin)) Require(await users.AddToRoleAsync(user, Roles.Admin));
        if (user.PasswordHash is not null && await users.CheckPasswordAsync(user, password)) return;
        if (user.PasswordHash is not null) Require(await users.RemovePasswordAsync(user));
        Require(await users.AddPasswordAsync(user, password));
        await sessions.EndAllAsync(user.Id);
    }

    private async Task<AppUser> CreateAsync()
    {
        var user = new AppUser { Id = Guid.NewGuid(), UserName = UsualName, CreatedAt = clock.GetUtcNow() };
        Require(await users.CreateAsync(user));
        return user;
    }

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded) throw new InvalidOperationException("The administrator was not saved: " + string.Join(' ', result.Errors.Select(e => e.Description)));
    }
}
