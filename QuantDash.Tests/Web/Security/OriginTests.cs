using System.Net;
using QuantDash.Tests.Support;
using QuantDash.Web.Security;

namespace QuantDash.Tests.Web.Security;

/// <summary>What another site makes a browser send.</summary>
[Trait(Profile.Reliability, "E2")]
public sealed class OriginTests : IAsyncLifetime
{
    private static readonly string[] Foreign = ["https://evil.example", "null", "http://localhost.evil.example", "http://localhost:81", "http://evil.example/http://localhost", "file://"];
    private readonly AppFactory _app = new() { Settings = { ["QuantDash:Demo"] = "false" } };

    public async Task InitializeAsync()
    {
        await SignedIn.AddUserAsync(_app.Services, "anna", Roles.Admin);
        await SignedIn.AddUserAsync(_app.Services, "bert", Roles.Admin);
    }

    public Task DisposeAsync()
    {
        _app.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("/api/keys")]
    [InlineData("/api/emergency/stop")]
    [InlineData("/sign-in")]
    [InlineData("/sign-out")]
    [InlineData("/_blazor/negotiate?negotiateVersion=1")]
    public async Task Post_FromAForeignOrigin_IsRefused(string path)
    {
        using var anna = await SignedIn.AsAsync(_app, "anna");
        foreach (var origin in Foreign)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json.Of("{}") };
            request.Headers.TryAddWithoutValidation("Origin", origin);
            using var answer = await anna.SendAsync(request);
            (origin, answer.StatusCode).ShouldBe((origin, HttpStatusCode.Forbidden));
        }
    }

    [Theory]
    [InlineData("/_blazor")]
    [InlineData("/ws/bridge/00000000-0000-0000-0000-000000000001")]
    public async Task Handshake_FromAForeignOrigin_IsRefused(string path)
    {
        using var anna = await SignedIn.AsAsync(_app, "anna");
        var cookie = (await SignedIn.PostAsync(_app.CreateClient(new() { AllowAutoRedirect = false }), "anna", SignedIn.Password)).Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("quantdash.session", StringComparison.Ordinal)).Split(';')[0];
        foreach (var origin in Foreign)
        {
            var socket = _app.Server.CreateWebSocketClient();
            socket.ConfigureRequest = request =>
            {
                request.Headers.Origin = origin;
                request.Headers.Cookie = cookie;
            };
            var refused = await Should.ThrowAsync<InvalidOperationException>(() => socket.ConnectAsync(new Uri("ws://localhost" + path), CancellationToken.None));
            refused.Message.ShouldContain("403");
        }
    }

    [Fact]
    public async Task Write_WithAnotherUsersToken_IsRefused()
    {
        using var anna = await SignedIn.AsAsync(_app, "anna");
        using var bert = await SignedIn.AsAsync(_app, "bert");
        var stolen = anna.DefaultRequestHeaders.GetValues(SecurityRegistration.AntiforgeryHeader).Single();
        bert.DefaultRequestHeaders.Remove(SecurityRegistration.AntiforgeryHeader);
        bert.DefaultRequestHeaders.Add(SecurityRegistration.AntiforgeryHeader, stolen);
        (await bert.PostAsync("/api/keys", Json.Of("""{"name":"x","scopes":["read"]}"""))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await anna.PostAsync("/api/keys", Json.Of("""{"name":"x","scopes":["read"]}"""))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    /// <summary>A link or a picture of another site can only make a browser GET.</summary>
    [Theory]
    [InlineData("/api/emergency/stop")]
    [InlineData("/api/emergency/resume")]
    [InlineData("/api/test-notification")]
    [InlineData("/api/services/watchdog/stop")]
    [InlineData("/api/session/confirm")]
    public async Task Get_OfWhatChangesSomething_IsNone(string path)
    {
        using var anna = await SignedIn.AsAsync(_app, "anna");
        (await anna.GetAsync(path)).StatusCode.ShouldBeOneOf(HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound);
    }
}
