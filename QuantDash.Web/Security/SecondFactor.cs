using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace QuantDash.Web.Security;

/// <summary>The second step at sign-in: a code of an app, or one of ten recovery codes. The secret is sealed in the database, each code is taken once.</summary>
public sealed class SecondFactor(IDataProtectionProvider protection, TimeProvider clock)
{
    public const int RecoveryCodeCount = 10;
    private static readonly TimeSpan TicketLife = TimeSpan.FromMinutes(5);
    private readonly IDataProtector _secrets = protection.CreateProtector("QuantDash.SecondFactor.Secret");
    private readonly IDataProtector _tickets = protection.CreateProtector("QuantDash.SecondFactor.Ticket");

    /// <summary>Turns it on when the code shows that the app has the secret. The recovery codes, which nobody will see again; null: the code is wrong.</summary>
    public async Task<IReadOnlyList<string>?> TurnOnAsync(UserManager<AppUser> users, AppUser user, byte[] secret, string code)
    {
        if (Totp.Match(secret, code, clock.GetUtcNow(), lastTaken: 0) is not { } step) return null;
        var codes = Enumerable.Range(0, RecoveryCodeCount).Select(_ => NewRecoveryCode()).ToList();
        user.SecondFactor = _secrets.Protect(Convert.ToBase64String(secret));
        user.SecondFactorStep = step;
        user.RecoveryCodes = string.Join(' ', codes.Select(HashOf));
        return (await users.UpdateAsync(user)).Succeeded ? codes : null;
    }

    public static Task<IdentityResult> TurnOffAsync(UserManager<AppUser> users, AppUser user)
    {
        (user.SecondFactor, user.SecondFactorStep, user.RecoveryCodes) = (null, 0, null);
        return users.UpdateAsync(user);
    }

    /// <summary>Takes a code of the app, or a recovery code. Two who show the same one at once: one of them wins.</summary>
    public async Task<bool> TakeAsync(UserManager<AppUser> users, AppUser user, string code)
    {
        if (user.SecondFactor is null) return false;
        var secret = Convert.FromBase64String(_secrets.Unprotect(user.SecondFactor));
        if (Totp.Match(secret, code, clock.GetUtcNow(), user.SecondFactorStep) is { } step)
        {
            user.SecondFactorStep = step;
            return (await users.UpdateAsync(user)).Succeeded;
        }

        var left = RecoveryHashes(user).ToList();
        if (!left.Remove(HashOf(code))) return false;
        user.RecoveryCodes = string.Join(' ', left);
        return (await users.UpdateAsync(user)).Succeeded;
    }

    public static int RecoveryCodesLeft(AppUser user) => RecoveryHashes(user).Length;

    /// <summary>The right to try the second step: whose password was right, a moment ago.</summary>
    public string TicketFor(AppUser user) =>
        _tickets.Protect(string.Create(CultureInfo.InvariantCulture, $"{user.Id:D} {user.SecurityStamp} {(clock.GetUtcNow() + TicketLife).ToUnixTimeSeconds()}"));

    /// <summary>Whose ticket it is; null when it is none, too old, or of before a change of the password.</summary>
    public async Task<AppUser?> OpenAsync(UserManager<AppUser> users, string ticket)
    {
        try
        {
            var parts = _tickets.Unprotect(ticket).Split(' ');
            if (DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[2], CultureInfo.InvariantCulture)) < clock.GetUtcNow()) return null;
            return await users.FindByIdAsync(parts[0]) is { LockedAt: null } user && user.SecurityStamp == parts[1] ? user : null;
        }
        catch (CryptographicException)
        {
            return null; // Not ours.
        }
    }

    private static string[] RecoveryHashes(AppUser user) => (user.RecoveryCodes ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string NewRecoveryCode() => Totp.Base32(RandomNumberGenerator.GetBytes(10)).ToLowerInvariant().Insert(8, "-");

    private static string HashOf(string code) => ApiKeyToken.HashOf(code.Trim().ToLowerInvariant().Replace("-", "", StringComparison.Ordinal));
}
