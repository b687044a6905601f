using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Support;
using QuantDash.Web.Security;

namespace QuantDash.Tests.Web.Security;

[Trait(Profile.Reliability, "E4")]
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
    [InlineData("http:evil.example")]
    [InlineData("evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData("/\r\n/evil.example")]
    [InlineData("\t//evil.example")]
    [InlineData(" //evil.example")]
    [InlineData("/x\\..\\..\\evil.example")]
    [InlineData("///evil.example")]
    [InlineData("/\u0085/evil.example")]
    [InlineData("\\\\evil.example")]
    public async Task SignIn_SentElsewhere_StaysHere(string target)
    {
        using var client = WithPassword();
        using var answer = await SignInAsync(client, "admin", Password, target);
        answer.Headers.Location!.OriginalString.ShouldBe("/");
        using var language = await client.GetAsync("/display/language/en?back=" + Uri.EscapeDataString(target));
        language.Headers.Location!.OriginalString.ShouldBe("/");
    }

    /// <summary>Encoded, it is a path of ours like any other: a browser does not decode it before it asks.</summary>
    [Theory]
    [InlineData("/%2f%2fevil.example")]
    [InlineData("/%5cevil.example")]
    [InlineData("/%09/evil.example")]
    public async Task SignIn_SentElsewhereInCode_StaysOnThisHost(string target)
    {
        using var client = WithPassword();
        using var answer = await SignInAsync(client, "admin", Password, target);
        new Uri(new Uri("http://localhost"), answer.Headers.Location!.OriginalString).Host.ShouldBe("localhost");
    }

    /// <summary>1,000 guesses of one name from one address: ten are looked at.</summary>
    [Fact]
    public async Task Guessing_AThousandTimes_IsLookedAtTenTimes()
    {
        using var client = WithPassword();
        var page = await client.GetStringAsync("/sign-in");
        var looked = 0;
        for (var i = 0; i < 1000; i++)
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = Token(page), ["name"] = "admin", ["password"] = $"wrong password {i}" });
            using var answer = await client.PostAsync("/sign-in", form);
            if (answer.StatusCode == HttpStatusCode.Unauthorized) looked++;
        }

        looked.ShouldBe(SignInThrottle.MostFailures);
    }

    /// <summary>The work that takes time, the hash of the password, is done for a name that is not known too. The time itself is noise on a busy machine.</summary>
    [Theory]
    [InlineData("admin")]
    [InlineData("nobody")]
    public async Task Refusal_OfAnyName_CostsOneHash(string name)
    {
        var hasher = new CountingHasher();
        _app.Replace = services => services.AddSingleton<IPasswordHasher<AppUser>>(hasher);
        using var client = WithPassword();
        using var known = await SignInAsync(client, "warm", "up the first page");
        var before = hasher.Verified;
        await SignInAsync(client, name, "wrong password one");
        (hasher.Verified - before).ShouldBe(1);
    }

    [Theory]
    [InlineData("fifteen letters", null)]
    [InlineData("a long passphrase of more than sixty-four characters, with blanks and 汉字 in it", null)]
    [InlineData("short", "password_too_short")]
    [InlineData("passwordpassword", "password_too_simple")]
    [InlineData("Password123456", "password_too_simple")]
    [InlineData("qwertyuiop1234567890", "password_too_simple")]
    [InlineData("iloveyou5201314", "password_too_simple")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", "password_too_simple")]
    public void Passwords_AreLong_AndNotWhatEverybodyTries(string password, string? code) =>
        PasswordRules.Check("password", password).Select(p => p.Code).SingleOrDefault().ShouldBe(code);

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

    private sealed class CountingHasher : PasswordHasher<AppUser>
    {
        public int Verified { get; private set; }

        public override PasswordVerificationResult VerifyHashedPassword(AppUser user, string hashedPassword, string providedPassword)
        {
            Verified++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    private static string Token(string page) => TokenField().Match(page).Groups[1].Value;

    private static string Visible(string page) => TokenField().Replace(page, "");

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
