using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Support;
using QuantDash.Web.Security;

namespace QuantDash.Tests.Web.Security;

/// <summary>What every answer carries, and what none may say, whatever went wrong.</summary>
public sealed class WatchedAnswersTests : IDisposable
{
    private const string Bootstrap = "qd_planted_bootstrap_0123456789abcdef";
    private const string Broken = "planted-inner-detail Host=10.1.2.3;Password=hunter2";
    private readonly AppFactory _app = new() { Settings = { ["QuantDash:Auth:BootstrapApiKey"] = Bootstrap, ["QuantDash:Auth:AdminPassword"] = SignedIn.Password, ["QuantDash:Demo"] = "false" } };

    /// <summary>Pages, files, the API, every kind of error: 401, 403, 404, 405, 415, 422, 429, 500.</summary>
    /// <param name="method">Of the request.</param>
    /// <param name="path">Where to.</param>
    /// <param name="withKey">Asked by a program.</param>
    /// <param name="status">The answer's.</param>
    [Theory]
    [Trait(Profile.Reliability, "E5")]
    [InlineData("GET", "/", false, 302)]
    [InlineData("GET", "/", true, 200)]
    [InlineData("GET", "/sign-in", false, 200)]
    [InlineData("GET", "/setup?token=x", false, 410)]
    [InlineData("GET", "/confirm/x", false, null)]
    [InlineData("GET", "/favicon.svg", false, 200)]
    [InlineData("GET", "/css/none.css", false, null)]
    [InlineData("GET", "/health", false, null)]
    [InlineData("GET", "/api/keys", false, 401)]
    [InlineData("GET", "/api/keys", true, 200)]
    [InlineData("GET", "/api/nothing", true, 404)]
    [InlineData("GET", "/nothing", true, 404)]
    [InlineData("PATCH", "/api/keys", true, 405)]
    [InlineData("POST", "/api/keys", true, null)]
    [InlineData("POST", "/_blazor/negotiate", false, 401)]
    [InlineData("GET", "/openapi/v1.json", true, 200)]
    [InlineData("GET", "/metrics", true, 200)]
    [InlineData("TRACE", "/", false, null)]
    [InlineData("GET", "/api/boom", true, 500)]
    [InlineData("GET", "/boom", true, 500)]
    public async Task Answers_OfEveryKind_CarryTheHeaders(string method, string path, bool withKey, int? status)
    {
        using var client = Client(withKey);
        using var answer = await client.SendAsync(new(new(method), path));
        if (status is { } expected) ((int)answer.StatusCode).ShouldBe(expected);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        foreach (var part in new[] { "default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'self'", "frame-ancestors 'none'", "form-action 'self'" }) policy.ShouldContain(part);
        policy.ShouldNotContain("unsafe-eval");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        answer.Headers.GetValues("Cross-Origin-Opener-Policy").ShouldBe(["same-origin"]);
        answer.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        foreach (var telling in new[] { "Server", "X-Powered-By", "X-AspNet-Version" }) answer.Headers.Contains(telling).ShouldBeFalse(telling);
    }

    [Fact]
    [Trait(Profile.Reliability, "E5")]
    public async Task Answers_OverTls_AskForTlsForAYear()
    {
        using var client = _app.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("https://quant.example") });
        using var answer = await client.GetAsync("/sign-in");
        answer.Headers.GetValues("Strict-Transport-Security").Single().ShouldStartWith("max-age=31536000");
    }

    /// <summary>A sentence and an id by which the log has the rest; nothing of what was thrown.</summary>
    /// <param name="path">Throws.</param>
    /// <param name="accept">What the caller reads.</param>
    [Theory]
    [Trait(Profile.Reliability, "E10")]
    [InlineData("/api/boom", "application/json")]
    [InlineData("/api/boom", "text/html")]
    [InlineData("/boom", "text/html")]
    [InlineData("/boom", "*/*")]
    public async Task AnythingThrown_IsAGenericSentenceAndAnId(string path, string accept)
    {
        using var client = Client(withKey: true);
        client.DefaultRequestHeaders.Add("Accept", accept);
        using var answer = await client.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var text = await answer.Content.ReadAsStringAsync();
        foreach (var detail in new[] { "planted", "hunter2", "InvalidOperationException", "   at ", "QuantDash.Tests" }) text.ShouldNotContain(detail);
        text.ShouldMatch("[0-9A-Z]{8,}"); // The id.
    }

    /// <summary>The door stays shut when what guards it fails.</summary>
    [Fact]
    [Trait(Profile.Reliability, "E10")]
    public async Task Door_WhoseGuardFails_StaysShut()
    {
        _app.Replace = services => services.AddSingleton<Microsoft.AspNetCore.Authorization.IAuthorizationHandler, Failing>();
        using var client = Client(withKey: true);
        using var answer = await client.GetAsync("/api/positions");
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("items");
    }

    /// <summary>Keys, passwords, codes and secrets are nowhere in the clear: not in a file of the data folder (database, its log, backups, audit copy, log files), and on no page.</summary>
    [Fact]
    [Trait(Profile.Reliability, "E7")]
    public async Task PlantedSecrets_AreNowhereInTheClear()
    {
        using var program = Client(withKey: true);
        using var created = await program.PostAsync("/api/keys", Json.Of("""{"name":"planted","scopes":["read"]}"""));
        var key = (await Json.ReadAsync(created)).GetProperty("key").GetString()!;
        using var invited = await program.PostAsync("/api/users", Json.Of("""{"name":"anna","role":"viewer"}"""));
        var link = (await Json.ReadAsync(invited)).GetProperty("set_up_path").GetString()!.Split("token=")[1];
        using var person = await SignedIn.AsAsync(_app, AdminAccount.UsualName);
        await SignedIn.PostAsync(Client(withKey: false), AdminAccount.UsualName, "planted wrong password");
        var secret = Totp.NewSecret();
        var own = _app.Services.GetRequiredService<QuantDash.Web.Features.People.OwnAccount>();
        var id = Guid.Parse((await Json.ReadAsync(await program.GetAsync("/api/users"))).GetProperty("items").EnumerateArray().First(u => u.GetProperty("name").GetString() == "admin").GetProperty("id").GetString()!);
        var codes = (await own.TurnOnSecondFactorAsync(id, secret, Totp.Code(secret, Totp.StepAt(TimeProvider.System.GetUtcNow()))))!;
        using (var used = Client(withKey: false))
        {
            used.DefaultRequestHeaders.Add("X-API-Key", key);
            (await used.GetAsync("/api/positions")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await program.PostAsync("/api/backups", null)).StatusCode.ShouldBe(HttpStatusCode.Created);
        string[] planted = [key, link, Bootstrap, SignedIn.Password, "planted wrong password", Totp.Base32(secret), Convert.ToBase64String(secret), Convert.ToHexString(secret), codes[0], codes[^1]];
        foreach (var path in new[] { "/", "/settings/security", "/settings/people", "/settings/keys", "/system", "/api/keys", "/api/users", "/api/sessions", "/api/audit?limit=100", "/api/audit/export.json", "/metrics", "/health", "/openapi/v1.json" })
        {
            var text = await (await person.GetAsync(path)).Content.ReadAsStringAsync();
            planted.Where(one => text.Contains(one, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(path);
        }

        var seen = 0;
        // Its locks are empty files, and whoever opens them is told no.
        foreach (var file in Directory.EnumerateFiles(_app.DataDirectory, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 0))
        {
            var bytes = await ReadAsync(file);
            seen++;
            planted.Where(one => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(one)) >= 0).ShouldBeEmpty(file);
        }

        seen.ShouldBeGreaterThan(2);
    }

    public void Dispose() => _app.Dispose();

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private HttpClient Client(bool withKey)
    {
        var replace = _app.Replace;
        _app.Replace = services =>
        {
            replace?.Invoke(services);
            services.AddSingleton<IStartupFilter, Boom>();
        };
        var client = _app.CreateClient(new() { AllowAutoRedirect = false });
        if (withKey) client.DefaultRequestHeaders.Add("X-API-Key", Bootstrap);
        return client;
    }

    /// <summary>Throws at its addresses, behind everything that could catch it.</summary>
    private sealed class Boom : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            next(app);
            app.Use((HttpContext context, RequestDelegate rest) =>
                context.Request.Path.Value?.EndsWith("/boom", StringComparison.Ordinal) == true ? throw new InvalidOperationException(Broken) : rest(context));
        };
    }

    private sealed class Failing : Microsoft.AspNetCore.Authorization.IAuthorizationHandler
    {
        public Task HandleAsync(Microsoft.AspNetCore.Authorization.AuthorizationHandlerContext context) => throw new InvalidOperationException(Broken);
    }
}
