using System.Text.Json;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using QuantDash.Web.Trading;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Security;

/// <summary>How a person wants to see and hear things, kept with the person. The browser's cookies say it to whoever draws; every sign-in brings them in step.</summary>
public interface IPersonalLook
{
    /// <summary>Keeps with whoever is signed in what this browser's cookie says from now on.</summary>
    Task KeepAsync(string cookie, string value);
}

/// <inheritdoc/>
public sealed class PersonalLook(IServiceScopeFactory scopes, AuthenticationStateProvider authentication) : IPersonalLook
{
    private const int Tries = 3;

    public async Task KeepAsync(string cookie, string value)
    {
        Acting.Demand(Scopes.Read);
        if (!Display.Takes(cookie, value) || Sessions.UserOf((await authentication.GetAuthenticationStateAsync()).User) is not { } id) return;
        // Another write to the same person may come in between: what is kept is read anew.
        for (var i = 0; i < Tries; i++)
            if (await TryKeepAsync(id, cookie, value)) return;
    }

    /// <summary>The cookies of this browser say what the person chose, on whichever browser that was; of what was never chosen they keep what they say.</summary>
    public static void Apply(HttpContext context, AppUser user)
    {
#pragma warning disable S2092, S3330 // the page's own script reads and writes them, also without TLS on loopback; they hold colours, a number format and names of sounds
        var options = new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = false, Secure = context.Request.IsHttps, IsEssential = true };
#pragma warning restore S2092, S3330
        foreach (var (cookie, value) in Read(user.Look).Where(kept => Display.Takes(kept.Key, kept.Value))) context.Response.Cookies.Append(cookie, value, options);
    }

    private async Task<bool> TryKeepAsync(Guid id, string cookie, string value)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        if (await users.FindByIdAsync(id.ToString("D")) is not { } user) return true;
        user.Look = JsonSerializer.Serialize(new SortedDictionary<string, string>(Read(user.Look), StringComparer.Ordinal) { [cookie] = value });
        return (await users.UpdateAsync(user)).Succeeded;
    }

    private static Dictionary<string, string> Read(string? look) => look is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(look) ?? [];
}
