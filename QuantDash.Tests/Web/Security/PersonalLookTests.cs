using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Support;
using QuantDash.Web.Security;

namespace QuantDash.Tests.Web.Security;

/// <summary>How numbers, colours and sounds are wanted is kept with the person and comes to whichever browser signs in.</summary>
public sealed class PersonalLookTests
{
    [Fact]
    public async Task Look_KeptOnOneBrowser_ComesToAnotherAtSignIn_AndToNobodyElse()
    {
        using var app = new AppFactory();
        await SignedIn.AddUserAsync(app.Services, "ann", Roles.Trader);
        await SignedIn.AddUserAsync(app.Services, "bob", Roles.Viewer);
        (await CookiesAsync(app, "ann")).ShouldBeEmpty("the browser keeps what it says");
        await KeepAsync(app, "ann", ("qd-numbers", "TenThousands.whole.big"), ("qd-theme", "light"), ("qd-colors", "green-up"), ("qd-sounds", "asks,failed"), ("qd-theme", "dark"));

        (await CookiesAsync(app, "ann")).ShouldBe(["qd-colors=green-up", "qd-numbers=TenThousands.whole.big", "qd-sounds=asks%2Cfailed", "qd-theme=dark"]);
        (await CookiesAsync(app, "bob")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("qd-theme", "red")]
    [InlineData("qd-colors", "")]
    [InlineData("qd-numbers", "TenThousands.whole")]
    [InlineData("qd-sounds", "asks; path=/x")]
    [InlineData("quantdash.session", "anything")]
    public async Task Look_ThatNoCookieHolds_IsNotKept(string cookie, string value)
    {
        using var app = new AppFactory();
        await SignedIn.AddUserAsync(app.Services, "ann", Roles.Trader);
        await KeepAsync(app, "ann", (cookie, value));
        (await CookiesAsync(app, "ann")).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<string>> CookiesAsync(AppFactory app, string name)
    {
        using var client = app.CreateClient(new() { AllowAutoRedirect = false });
        using var answer = await SignedIn.PostAsync(client, name, SignedIn.Password);
        return [.. answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).Where(cookie => cookie.StartsWith("qd-", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private static async Task KeepAsync(AppFactory app, string name, params (string Cookie, string Value)[] wishes)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByNameAsync(name);
        var look = new PersonalLook(app.Services.GetRequiredService<IServiceScopeFactory>(), new OnePerson(user!.Id));
        foreach (var (cookie, value) in wishes) await look.KeepAsync(cookie, value);
    }

    private sealed class OnePerson(Guid id) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, id.ToString("D"))], "test"))));
    }
}
