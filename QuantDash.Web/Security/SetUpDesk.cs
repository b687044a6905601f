using Microsoft.AspNetCore.Identity;
using QuantDash.Core.Audit;

namespace QuantDash.Web.Security;

/// <summary>Chooses a password by a link: the first administrator's, printed at the first start, or one that an administrator made for somebody.</summary>
public sealed class SetUpDesk(SetUpLink first, AdminAccount admin, Invitations invitations, UserManager<AppUser> users, Sessions sessions, SecurityNotes notes)
{
    /// <summary>Whose password it would set; null when the link is no longer good.</summary>
    public async Task<string?> NameOfAsync(string token) => first.Opens(token) ? AdminAccount.UsualName : (await invitations.FindAsync(users, token))?.UserName;

    public async Task<bool> SpendAsync(string token, string password)
    {
        if (first.Spend(token))
        {
            await admin.SetPasswordAsync(password);
            return true;
        }

        if (await invitations.FindAsync(users, token) is not { } user || !await Invitations.SpendAsync(users, user, password)) return false;
        await sessions.EndAllAsync(user.Id);
        await notes.WriteAsync("user.password_chosen", Actor.Of(ActorKind.User, user.UserName), user.UserName);
        return true;
    }
}
