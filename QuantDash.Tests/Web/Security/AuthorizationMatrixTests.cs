using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Support;
using QuantDash.Web.Security;

namespace QuantDash.Tests.Web.Security;

/// <summary>Every address of the routing table, asked by everybody who can ask, against <see cref="AccessRules"/>.</summary>
[Trait(Profile.Reliability, "E1")]
public sealed class AuthorizationMatrixTests : IAsyncLifetime
{
    private const string Bootstrap = "bootstrap-key-for-tests";

    /// <summary>No answer of these may depend on who asks.</summary>
    private static readonly HttpStatusCode[] Refusals = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden];

    private readonly AppFactory _app = new() { Settings = { ["QuantDash:Auth:BootstrapApiKey"] = Bootstrap, ["QuantDash:Demo"] = "false" } };

    public async Task InitializeAsync()
    {
        foreach (var role in Roles.All) await SignedIn.AddUserAsync(_app.Services, $"a-{role}", role);
    }

    public Task DisposeAsync()
    {
        _app.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void Addresses_OfTheRoutingTable_AllHaveARule() =>
        Table().Where(route => !AccessRules.TryFind(route, out _)).Select(route => route.ToString()).ShouldBeEmpty("a new page or endpoint needs a line in AccessRules");

    [Fact]
    public async Task Addresses_AskedByNobody_AreRefusedButTheWrittenOnes()
    {
        using var nobody = Client();
        await AskAllAsync(nobody, [], (route, needs, answer, _) => needs is null
            ? !IsSentToSignIn(answer) && !Refusals.Contains(answer.StatusCode)
            : IsForPrograms(route) ? answer.StatusCode == HttpStatusCode.Unauthorized : IsSentToSignIn(answer));
    }

    [Theory]
    [InlineData(Roles.Viewer, "read")]
    [InlineData(Roles.Trader, "read", "trade", "bridge")]
    [InlineData(Roles.Admin, "read", "trade", "bridge", "admin")]
    public async Task Addresses_AskedByAPerson_OpenWhatTheRoleSays(string role, params string[] scopes)
    {
        using var person = await SignedIn.AsAsync(_app, $"a-{role}");
        await AskAllAsync(person, scopes, IsRight(scopes));
    }

    [Theory]
    [InlineData("read", "read")]
    [InlineData("trade", "read", "trade")]
    [InlineData("bridge", "read", "bridge")]
    [InlineData("admin", "read", "trade", "bridge", "admin")]
    public async Task Addresses_AskedByAKey_OpenWhatItsScopeSays(string scope, params string[] scopes)
    {
        using var program = Client();
        program.DefaultRequestHeaders.Add("X-API-Key", await KeyAsync(scope));
        await AskAllAsync(program, scopes, IsRight(scopes));
    }

    /// <summary>The same address written otherwise is refused alike, or is nothing; it never opens.</summary>
    [Fact]
    public async Task Addresses_WrittenOtherwise_DoNotOpen()
    {
        var reader = await KeyAsync("read");
        var open = new List<string>();
        foreach (var route in Table().Where(route => AccessRules.TryFind(route, out var needs) && needs is not null))
        {
            AccessRules.TryFind(route, out var needs);
            foreach (var path in Otherwise(route.Path))
            {
                foreach (var method in new[] { route.Method, "HEAD", "OPTIONS", "TRACE", "PATCH", "get" })
                {
                    if (await AskAsync(null, method, path) is var (status, location) && !IsClosed(status, location)) open.Add($"nobody: {method} {path} answered {(int)status}");
                }

                if (needs is not ["read"] && await AskAsync(reader, route.Method, path) is var (code, _) && (int)code is >= 200 and < 300) open.Add($"read key: {route.Method} {path} answered {(int)code}");
            }
        }

        open.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/system/jobs")]
    [InlineData("/positions")]
    public async Task Pages_ForAViewer_AreServed_WithoutARedirectLoop(string path)
    {
        using var viewer = await SignedIn.AsAsync(_app, "a-viewer");
        (await viewer.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static IEnumerable<string> Otherwise(string path) =>
    [
        path + "/", path + ".", path + "..", path + "%2f", path + "%20", path + ";x=1", path + "?x=1", path.ToUpperInvariant(), "/" + path, "/." + path, "/x/.." + path,
        path.Replace("/api/", "/api%2f", StringComparison.Ordinal), path.Replace("/api/", "/api//", StringComparison.Ordinal), path.Replace("/api/", "/api\\", StringComparison.Ordinal),
    ];

    private static bool IsClosed(HttpStatusCode status, string location) =>
        status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed
        || (status == HttpStatusCode.Found && location.Contains("/sign-in?return_url=", StringComparison.Ordinal));

    private static Func<MappedAddress, IReadOnlyList<string>?, HttpResponseMessage, string, bool> IsRight(string[] scopes) => (route, needs, answer, text) =>
        needs is null || needs.All(scopes.Contains)
            ? !Refusals.Contains(answer.StatusCode) && !IsSentToSignIn(answer)
            : answer.StatusCode == HttpStatusCode.Forbidden && (!IsForPrograms(route) || text.Contains("missing_scope", StringComparison.Ordinal));

    private async Task AskAllAsync(HttpClient client, string[] scopes, Func<MappedAddress, IReadOnlyList<string>?, HttpResponseMessage, string, bool> isRight)
    {
        var wrong = new List<string>();
        foreach (var route in Table())
        {
            if (!AccessRules.TryFind(route, out var needs)) continue; // Another test says so.
            if (route.Pattern == "/sign-out") continue; // It would end the session that asks.
            using var request = new HttpRequestMessage(new(route.Method), route.Path);
            if (route.Method is not "GET") request.Content = new StringContent("[", Encoding.UTF8, "application/json"); // Refused after the door, before anything is done.
            using var answer = await client.SendAsync(request);
            if (!isRight(route, needs, answer, await answer.Content.ReadAsStringAsync())) wrong.Add($"{route} needs [{string.Join(' ', needs ?? [])}], [{string.Join(' ', scopes)}] was answered {(int)answer.StatusCode} {answer.Headers.Location}");
        }

        wrong.ShouldBeEmpty();
    }

    // Past the client, which would tidy the address up.
    private async Task<(HttpStatusCode Status, string Location)> AskAsync(string? key, string method, string path)
    {
        var answer = await _app.Server.SendAsync(context =>
        {
            context.Request.Method = method;
            context.Request.Host = new("localhost");
            context.Request.Path = path.Split('?')[0];
            context.Request.QueryString = new(path.Contains('?', StringComparison.Ordinal) ? "?" + path.Split('?')[1] : "");
            if (key is not null) context.Request.Headers["X-API-Key"] = key;
        });
        return ((HttpStatusCode)answer.Response.StatusCode, answer.Response.Headers.Location.ToString());
    }

    private static bool IsSentToSignIn(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location!.OriginalString.Contains("/sign-in?return_url=", StringComparison.Ordinal);

    private static bool IsForPrograms(MappedAddress route) => ProgramPaths.Contains(route.Pattern);

    private IReadOnlyList<MappedAddress> Table() => RoutingTable.Of(_app.Services.GetRequiredService<EndpointDataSource>());

    private HttpClient Client() => _app.CreateClient(new() { AllowAutoRedirect = false });

    private async Task<string> KeyAsync(string scope)
    {
        using var admin = Client();
        admin.DefaultRequestHeaders.Add("X-API-Key", Bootstrap);
        using var answer = await admin.PostAsync("/api/keys", Json.Of(JsonSerializer.Serialize(new { name = scope, scopes = new[] { scope } })));
        return (await Json.ReadAsync(answer)).GetProperty("key").GetString()!;
    }
}
