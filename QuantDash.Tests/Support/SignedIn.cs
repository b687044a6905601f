using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Web.Security;

namespace QuantDash.Tests.Support;

/// <summary>People of a test: made without the page that makes them, and signed in as a browser signs in.</summary>
internal static partial class SignedIn
{
    public const string Password = "correct horse battery";

    public static async Task AddUserAsync(IServiceProvider services, string name, string role)
    {
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
        foreach (var one in Roles.All.Where(one => !roles.Roles.Any(r => r.Name == one))) (await roles.CreateAsync(new(one) { Id = Guid.NewGuid() })).Succeeded.ShouldBeTrue();
        var user = new AppUser { Id = Guid.NewGuid(), UserName = name, CreatedAt = DateTimeOffset.UnixEpoch };
        (await users.CreateAsync(user, Password)).Succeeded.ShouldBeTrue();
        (await users.AddToRoleAsync(user, role)).Succeeded.ShouldBeTrue();
    }

    /// <summary>A browser with a session; it writes to /api with the token of its page.</summary>
    public static async Task<HttpClient> AsAsync(AppFactory app, string name, string password = Password)
    {
        var client = app.CreateClient(new() { AllowAutoRedirect = false });
        using var answer = await PostAsync(client, name, password);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        client.DefaultRequestHeaders.Add(SecurityRegistration.AntiforgeryHeader, TokenOf(await client.GetStringAsync("/sign-out")));
        return client;
    }

    public static Task<HttpResponseMessage> PostAsync(HttpClient client, string name, string password, string target = "/") =>
        SendAsync(client, "/sign-in", "/sign-in", new() { ["name"] = name, ["password"] = password, ["return_url"] = target });

    /// <summary>Sends a form with the token of the page it stands on.</summary>
    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, string page, string address, Dictionary<string, string> fields)
    {
        fields["__RequestVerificationToken"] = TokenOf(await (await client.GetAsync(page)).Content.ReadAsStringAsync());
        using var form = new FormUrlEncodedContent(fields);
        return await client.PostAsync(address, form);
    }

    public static string TokenOf(string page) => TokenField().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
