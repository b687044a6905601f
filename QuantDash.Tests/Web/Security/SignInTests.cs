using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Support;
using QuantDash.Web.Security;

namespace QuantDash.Tests.Web.Security;

public sealed partial class SignInTests : IDisposable
{
    private const string Password = "correct horse battery";
    private readonly AppFactory _app = new();

    [Fact]
    public async Task Administrator_WithThePassword_GetsInAndBackToWhereItWasSent()
    {
        using var client = WithPassword();
        using var answer = await SignInAsync(client, "admin", Password, "/lock?x=1");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe("/lock?x=1");
        (await client.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/api/keys")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_SentElsewhere_StaysHere(string target)
    {
        using var client = WithPassword();
        using var answer = await SignInAsync(client, "admin", Password, target);
        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task Refusal_OfAKnownAndAnUnknownName_ReadsTheSame()
    {
        using var client = WithPassword();
        using var known = await SignInAsync(client, "admin", "wrong password one");
        using var unknown = await SignInAsync(client, "nobody", "wrong password one");
        known.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        unknown.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        Visible(await known.Content.ReadAsStringAsync()).ShouldBe(Visible(await unknown.Content.ReadAsStringAsync()).Replace("nobody", "admin"));
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("nobody")]
    public async Task Guessing_TenTimes_IsStopped_WhoeverIsNamed(string name)
    {
        using var client = WithPassword();
        for (var i = 0; i < SignInThrottle.MostFailures; i++)
            (await SignInAsync(client, name, $"wrong password {i}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await SignInAsync(client, name, Password)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task SignIn_WithoutThePagesToken_IsRefused()
    {
        using var client = WithPassword();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "admin", ["password"] = Password });
        (await client.PostAsync("/sign-in", form)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Session_OnceSignedOut_IsDeadEverywhere()
    {
        using var client = WithPassword();
        using var signedIn = await SignInAsync(client, "admin", Password);
        var copied = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("quantdash.session", StringComparison.Ordinal)).Split(';')[0];

        var page = await client.GetStringAsync("/sign-out");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = Token(page) });
        (await client.PostAsync("/sign-out", form)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        using var thief = _app.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/keys");
        request.Headers.Add("Cookie", copied);
        (await thief.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_WritingToTheApi_NeedsTheToken_AndNoForeignOrigin()
    {
        using var client = WithPassword();
        await SignInAsync(client, "admin", Password);
        using var bare = await client.PostAsync("/api/keys", Json.Of("""{"name":"x","scopes":["read"]}"""));
        bare.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await bare.Content.ReadAsStringAsync()).ShouldContain("antiforgery");

        var token = Token(await client.GetStringAsync("/sign-out"));
        (await PostKeyAsync(client, token, "https://evil.example")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await PostKeyAsync(client, token, "null")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await PostKeyAsync(client, token, "http://localhost")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Socket_FromAForeignOrigin_IsRefused()
    {
        using var client = WithPassword();
        await SignInAsync(client, "admin", Password);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.Add("Origin", "https://evil.example");
        (await client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task SetUpLink_SetsThePasswordOnce()
    {
        using var client = Client();
        var link = _app.Services.GetRequiredService<SetUpLink>().Issue();
        (await client.GetAsync("/setup?token=guess")).StatusCode.ShouldBe(HttpStatusCode.Gone);

        using var tooShort = await SetUpAsync(client, link, "short", "short");
        tooShort.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var typo = await SetUpAsync(client, link, Password, Password + "!");
        typo.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var simple = await SetUpAsync(client, link, "passwordpassword", "passwordpassword");
        simple.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        using var done = await SetUpAsync(client, link, Password, Password);
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await client.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/setup?token=" + link)).StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Keys_OfDataProtection_AreTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows()) return; // no such modes there
        using var client = WithPassword();
        await client.GetAsync("/sign-in");
        var folder = Path.Combine(_app.DataDirectory, "keys");
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        (File.GetUnixFileMode(folder) & others).ShouldBe(UnixFileMode.None);
        var files = Directory.GetFiles(folder, "*.xml");
        files.ShouldNotBeEmpty();
        foreach (var file in files) (File.GetUnixFileMode(file) & others).ShouldBe(UnixFileMode.None);
    }

    [Fact]
    public async Task Pages_BeforeSignIn_SpeakTheBrowsersLanguage_AndAreTitled()
    {
        using var client = Client();
        client.DefaultRequestHeaders.Add("Accept-Language", "zh-CN");
        WebUtility.HtmlDecode(await client.GetStringAsync("/sign-in")).ShouldContain("密码");
        client.DefaultRequestHeaders.Remove("Accept-Language");
        client.DefaultRequestHeaders.Add("Accept-Language", "en-GB");
        var page = await client.GetStringAsync("/sign-in");
        page.ShouldContain("Password");
        page.ShouldContain("<title>QuantDash");
    }

    public void Dispose() => _app.Dispose();

    private HttpClient WithPassword()
    {
        _app.Settings["QuantDash:Auth:AdminPassword"] = Password;
        return Client();
    }

    private HttpClient Client() => _app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient client, string name, string password, string target = "/")
    {
        var page = await client.GetStringAsync("/sign-in");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Token(page), ["name"] = name, ["password"] = password, ["return_url"] = target,
        });
        return await client.PostAsync("/sign-in", form);
    }

    private static async Task<HttpResponseMessage> SetUpAsync(HttpClient client, string link, string password, string repeat)
    {
        var page = await client.GetStringAsync("/setup?token=" + link);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Token(page), ["token"] = link, ["password"] = password, ["repeat"] = repeat,
        });
        return await client.PostAsync("/setup", form);
    }

    private static async Task<HttpResponseMessage> PostKeyAsync(HttpClient client, string token, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/keys") { Content = Json.Of("""{"name":"x","scopes":["read"]}""") };
        request.Headers.Add(SecurityRegistration.AntiforgeryHeader, token);
        request.Headers.Add("Origin", origin);
        return await client.SendAsync(request);
    }

    private static string Token(string page) => TokenField().Match(page).Groups[1].Value;

    private static string Visible(string page) => TokenField().Replace(page, "");

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
