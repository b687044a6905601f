using Microsoft.AspNetCore.Identity;

namespace QuantDash.Web.Security;

/// <summary>A person who may sign in. Its role (<see cref="Roles"/>) says what for.</summary>
public sealed class AppUser : IdentityUser<Guid>
{
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>Since when an administrator keeps this person out; null: may sign in.</summary>
    public DateTimeOffset? LockedAt { get; set; }

    /// <summary>SHA-256 in hex of the link that lets this person choose a password, until <see cref="InviteUntil"/>; null once used.</summary>
    public string? InviteHash { get; set; }
    public DateTimeOffset? InviteUntil { get; set; }

    /// <summary>The sealed secret of the second step at sign-in; null: there is none.</summary>
    public string? SecondFactor { get; set; }

    /// <summary>The last time step whose code was taken: a code that somebody watched is worth nothing.</summary>
    public long SecondFactorStep { get; set; }

    /// <summary>SHA-256 in hex of the recovery codes that are left, separated by a blank.</summary>
    public string? RecoveryCodes { get; set; }

    /// <summary>How this person sees and hears things (<see cref="PersonalLook"/>); null: nothing was chosen.</summary>
    public string? Look { get; set; }
}
