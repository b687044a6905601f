using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Security;

/// <summary>Every route is closed but those written here. The list is asked from the running application, so a new route cannot be forgotten.</summary>
[Trait(Profile.Reliability, "E1")]
public sealed class ClosedByDefaultTests : IDisposable
{
    /// <summary>Open to everybody, by route pattern: what must work before anybody is signed in, and nothing that tells of money.</summary>
    private static readonly string[] OpenRoutes = ["/health", "/health/live", "/health/ready", "/sign-in", "/sign-in/code", "/sign-out", "/setup", "/display/language/{culture}", "/confirm/{token}", "/confirm/", "/manifest.webmanifest"];

    private readonly AppFactory _app = new() { Settings = { ["QuantDash:Auth:BootstrapApiKey"] = "bootstrap-key-for-tests" } };

    [Fact]
    public async Task Routes_WithoutSignIn_AreClosedButTheWrittenOnes()
    {
        using var client = Client();
        var open = new List<string>();
        foreach (var route in Routes())
        {
            using var answer = await client.SendAsync(new(new HttpMethod(route.Method), route.Path));
            if (!IsRefusal(answer)) open.Add($"{route} answered {(int)answer.StatusCode}");
        }

        open.ShouldBeEmpty();
    }

    [Fact]
    public async Task ApiRoutes_WithAWrongKey_Answer401()
    {
        using var client = Client();
        client.DefaultRequestHeaders.Add("X-API-Key", "qd_wrong");
        foreach (var route in Routes().Where(r => r.Pattern.StartsWith("/api", StringComparison.Ordinal)))
        {
            using var answer = await client.SendAsync(new(new HttpMethod(route.Method), route.Path));
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, route.ToString());
            answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        }
    }

    [Theory]
    [InlineData("GET", "/api/nothing", 401)]
    [InlineData("GET", "/api", 401)]
    [InlineData("GET", "/API/keys", 401)]
    [InlineData("GET", "/api/keys/", 401)]
    [InlineData("GET", "/api/%6beys", 401)]
    [InlineData("GET", "/api/keys.", 401)]
    [InlineData("HEAD", "/api/keys", 401)]
    [InlineData("TRACE", "/api/keys", 401)]
    [InlineData("OPTIONS", "/api/keys", 401)]
    [InlineData("PATCH", "/api/keys", 401)]
    [InlineData("GET", "/openapi/v1.json", 401)]
    [InlineData("GET", "/docs", 401)]
    [InlineData("GET", "/docs/index.html", 401)]
    [InlineData("GET", "/metrics", 401)]
    [InlineData("GET", "/ws/alerts", 401)]
    [InlineData("POST", "/_blazor/negotiate", 401)]
    [InlineData("GET", "/", 302)]
    [InlineData("GET", "/lock", 302)]
    [InlineData("GET", "/nothing", 302)]
    public async Task Addresses_WithoutSignIn_AnswerAsWritten(string method, string path, int status)
    {
        using var client = Client();
        using var answer = await client.SendAsync(new(new HttpMethod(method), path));
        ((int)answer.StatusCode).ShouldBe(status);
        if (status == 302) answer.Headers.Location!.OriginalString.ShouldContain("/sign-in?return_url=");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/api/keys")]
    [InlineData("/api/nothing")]
    [InlineData("/favicon.svg")]
    public async Task Answers_Always_CarryTheHeaders(string path)
    {
        using var client = Client();
        using var answer = await client.GetAsync(path);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'self'");
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("object-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Cross-Origin-Opener-Policy").ShouldBe(["same-origin"]);
        answer.Headers.Contains("Referrer-Policy").ShouldBeTrue();
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task UnknownApiAddress_WithAKey_IsAProblemInTheCallersLanguage()
    {
        using var client = Client();
        client.DefaultRequestHeaders.Add("X-API-Key", "bootstrap-key-for-tests");
        client.DefaultRequestHeaders.Add("Accept-Language", "zh-CN,zh;q=0.9");
        using var answer = await client.GetAsync("/api/nothing");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Json.ReadAsync(answer)).GetProperty("title").GetString().ShouldBe("未找到");

        using var wrongMethod = await client.PutAsync("/api/keys", Json.Of("{}"));
        wrongMethod.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await Json.ReadAsync(wrongMethod)).GetProperty("detail").GetString()!.ShouldContain("POST");
    }

    public void Dispose() => _app.Dispose();

    private HttpClient Client() => _app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private IEnumerable<MappedAddress> Routes()
    {
        using var started = Client();
        return RoutingTable.Of(_app.Services.GetRequiredService<EndpointDataSource>()).Where(route => !OpenRoutes.Contains(route.Pattern)).ToList();
    }

    private static bool IsRefusal(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.Unauthorized
        || (answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location!.OriginalString.Contains("/sign-in?return_url=", StringComparison.Ordinal));
}
