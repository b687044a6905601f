using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Features.Streams;

/// <summary>A person's browser may listen too, on a page of ours, for as long as the session lasts.</summary>
public sealed partial class SessionSocketTests : IDisposable
{
    private const string Password = "correct horse battery";
    private readonly AppFactory _app = new() { Settings = { ["QuantDash:Auth:AdminPassword"] = Password, ["QuantDash:Demo"] = "false" } };

    [Fact]
    public async Task Session_FromOurOwnPage_Listens_AndFromAnotherSite_IsRefused()
    {
        using var client = _app.CreateClient(new() { AllowAutoRedirect = false });
        var cookie = await SignInAsync(client);
        using var socket = await ConnectAsync(cookie, "http://localhost");
        (await socket.NextAsync()).GetProperty("type").GetString().ShouldBe("snapshot");
        (await Should.ThrowAsync<InvalidOperationException>(() => ConnectAsync(cookie, "https://evil.example"))).Message.ShouldEndWith("403");
        (await Should.ThrowAsync<InvalidOperationException>(() => ConnectAsync("", "http://localhost"))).Message.ShouldEndWith("401");
    }

    [Fact]
    public async Task Session_ThatSignedOut_IsClosedWithinHalfAMinute()
    {
        using var client = _app.CreateClient(new() { AllowAutoRedirect = false });
        using var socket = await ConnectAsync(await SignInAsync(client), "http://localhost");
        await socket.NextAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = TokenIn(await client.GetStringAsync("/sign-out")) });
        (await client.PostAsync("/sign-out", form)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        (await socket.NextAsync("closed")).GetProperty("reason").GetString().ShouldBe("not_signed_in");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    public void Dispose() => _app.Dispose();

    private Task<WebSocket> ConnectAsync(string cookie, string origin)
    {
        var connect = _app.Server.CreateWebSocketClient();
        connect.ConfigureRequest = request =>
        {
            request.Headers.Cookie = cookie;
            request.Headers.Origin = origin;
        };
        return connect.ConnectAsync(new("ws://localhost/ws/alerts"), CancellationToken.None);
    }

    private static async Task<string> SignInAsync(HttpClient client)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = TokenIn(await client.GetStringAsync("/sign-in")), ["name"] = "admin", ["password"] = Password, ["return_url"] = "/",
        });
        using var answer = await client.PostAsync("/sign-in", form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("quantdash.session", StringComparison.Ordinal)).Split(';')[0];
    }

    private static string TokenIn(string page) => WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value);

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex Token();
}
