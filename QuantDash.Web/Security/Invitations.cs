using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace QuantDash.Web.Security;

/// <summary>Links by which a new person, or one who forgot, chooses a password: once, within a day. Only their hash is kept.</summary>
public sealed class Invitations(TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>Marks the user; the caller saves it.</summary>
    public string IssueFor(AppUser user)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        (user.InviteHash, user.InviteUntil) = (ApiKeyToken.HashOf(token), clock.GetUtcNow() + Life);
        return token;
    }

    public async Task<AppUser?> FindAsync(UserManager<AppUser> users, string token)
    {
        if (token.Length == 0) return null;
        var hash = ApiKeyToken.HashOf(token);
        var user = await users.Users.SingleOrDefaultAsync(u => u.InviteHash == hash);
        return user is { LockedAt: null } && user.InviteUntil > clock.GetUtcNow() ? user : null;
    }

    /// <summary>True for exactly one caller: the row is saved as it was read, or not at all.</summary>
    public static async Task<bool> SpendAsync(UserManager<AppUser> users, AppUser user, string password)
    {
        (user.InviteHash, user.InviteUntil) = (null, null);
        if (user.PasswordHash is not null && !(await users.RemovePasswordAsync(user)).Succeeded) return false;
        return (await users.AddPasswordAsync(user, password)).Succeeded;
    }
}
