using Microsoft.AspNetCore.Identity;

namespace QuantDash.Web.Security;

/// <summary>A person who may sign in. Its roles (<see cref="Roles"/>) say what for.</summary>
public sealed class AppUser : IdentityUser<Guid>
{
    public DateTimeOffset CreatedAt { get; set; }
}
