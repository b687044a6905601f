using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace QuantDash.Web.Security;

/// <summary>Gives a signed-in person the scopes of its roles, so that policies ask one question of people and programs.</summary>
public sealed class ScopeClaims(
    UserManager<AppUser> users, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<AppUser, IdentityRole<Guid>>(users, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AppUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        var scopes = (await UserManager.GetRolesAsync(user)).SelectMany(Scopes.OfRole).Distinct(StringComparer.Ordinal);
        identity.AddClaims(scopes.Select(s => new Claim(Scopes.Claim, s)));
        return identity;
    }
}
