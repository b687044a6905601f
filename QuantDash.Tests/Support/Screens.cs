using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace QuantDash.Tests.Support;

/// <summary>What open browsers hold of the server, without the browsers: signed-in sockets on the screen's hub that never hang up by themselves.</summary>
internal sealed partial class Screens : IDisposable
{
    private readonly List<ClientWebSocket> _open = [];

    private Screens() { }

    public static async Task<Screens> OpenAsync(Uri address, string password, int count)
    {
        var cookies = new CookieContainer();
        using var handler = new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = address };
        var token = TokenField().Match(await client.GetStringAsync("sign-in")).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["name"] = "admin", ["password"] = password, ["return_url"] = "/" });
        using var signedIn = await client.PostAsync("sign-in", form);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var screens = new Screens();
        for (var i = 0; i < count; i++) screens._open.Add(await OneAsync(client, cookies, address));
        return screens;
    }

    public void Dispose() => _open.ForEach(socket => socket.Dispose());

    private static async Task<ClientWebSocket> OneAsync(HttpClient client, CookieContainer cookies, Uri address)
    {
        using var negotiate = new HttpRequestMessage(HttpMethod.Post, "_blazor/negotiate?negotiateVersion=1");
        negotiate.Headers.Add("Origin", address.GetLeftPart(UriPartial.Authority));
        using var answer = await client.SendAsync(negotiate);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        socket.Options.SetRequestHeader("Origin", address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new Uri($"ws://{address.Authority}/_blazor?id={body.RootElement.GetProperty("connectionToken").GetString()}"), CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        return socket;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
