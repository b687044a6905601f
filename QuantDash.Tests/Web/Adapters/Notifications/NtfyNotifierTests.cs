using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using QuantDash.Core.Notifications;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Notifications;
using QuantDash.Web.Configuration;

namespace QuantDash.Tests.Web.Adapters.Notifications;

/// <summary>Against a real HTTP server on loopback.</summary>
public sealed class NtfyNotifierTests : IAsyncLifetime
{
    private const string Token = "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2";
    private readonly FakeTimeProvider _clock = new();
    private NtfySink _sink = null!;

    public async Task InitializeAsync() => _sink = await NtfySink.StartAsync();

    public async Task DisposeAsync() => await _sink.DisposeAsync();

    [Fact]
    public async Task Message_IsPostedAsJsonToTheServersRoot_WithTheToken()
    {
        var id = Guid.NewGuid();
        var sent = await SendAsync(Message() with
        {
            Id = id, Priority = NotificationPriority.Urgent, Click = new("https://dash.example.com/confirm/abc"),
            Button = new("确认", new("https://dash.example.com/confirm"), """{"token":"abc"}"""),
        });

        sent.ShouldBe(Delivery.Arrived);
        var post = await _sink.NextAsync();
        (post.Method, post.Path, post.Authorization).ShouldBe(("POST", "/", $"Bearer {Token}"));
        var expected = JsonDocument.Parse($$$"""
            {"topic":"trader","sequence_id":"{{{id:N}}}","title":"锁仓触发 · SHFE.rb2510","message":"多仓触发：价格达到目标","priority":5,"tags":["zap"],
             "click":"https://dash.example.com/confirm/abc",
             "actions":[{"action":"http","label":"确认","url":"https://dash.example.com/confirm","method":"POST","headers":{"Content-Type":"application/json"},
                         "body":"{\"token\":\"abc\"}","clear":true}]}
            """).RootElement;
        JsonElement.DeepEquals(post.Body, expected).ShouldBeTrue(post.Body.ToString());
    }

    [Fact]
    public async Task Message_WithoutTokenLinkAndButton_HasNoneOfThem()
    {
        await SendAsync(Message(), token: "");
        var post = await _sink.NextAsync();
        post.Authorization.ShouldBeEmpty();
        post.Body.TryGetProperty("click", out _).ShouldBeFalse();
        post.Body.TryGetProperty("actions", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Server_UnderAPath_IsPostedToThere()
    {
        await SendAsync(Message(), url: new Uri(_sink.Address, "push/trader").ToString());
        (await _sink.NextAsync()).Path.ShouldBe("/push/");
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, DeliveryResult.Unavailable, null)]
    [InlineData(HttpStatusCode.Unauthorized, DeliveryResult.Unavailable, DeliveryHint.WrongCredentials)]
    [InlineData(HttpStatusCode.NotFound, DeliveryResult.Unavailable, DeliveryHint.WrongAddress)]
    [InlineData(HttpStatusCode.BadRequest, DeliveryResult.Refused, DeliveryHint.BadMessage)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, DeliveryResult.Refused, DeliveryHint.BadMessage)]
    public async Task Error_SaysWhatTheServerSaid_AndWhetherToTryAgain(HttpStatusCode status, DeliveryResult result, DeliveryHint? hint)
    {
        _sink.AnswerOnce(status, """{"code":40018,"http":400,"error":"invalid request: actions invalid","link":"https://ntfy.sh/docs"}""");
        var delivery = await SendAsync(Message());
        delivery.ShouldBe(new Delivery(result, $"HTTP {(int)status}: invalid request: actions invalid (40018)", null, hint));
    }

    [Fact]
    public async Task Error_OfAProxy_IsItsStatus()
    {
        _sink.AnswerOnce(HttpStatusCode.BadGateway, "<html>nginx</html>", ("Content-Type", "text/html"));
        (await SendAsync(Message())).ShouldBe(new Delivery(DeliveryResult.Unavailable, "HTTP 502"));
    }

    [Fact]
    public async Task TooMany_SaysHowLongToWait()
    {
        _sink.AnswerOnce(HttpStatusCode.TooManyRequests, """{"code":42901,"http":429,"error":"limit reached"}""", ("Retry-After", "17"));
        (await SendAsync(Message())).RetryAfter.ShouldBe(TimeSpan.FromSeconds(17));
    }

    [Fact]
    public async Task Redirect_IsNotFollowed_SoThatTheTokenStaysHere()
    {
        _sink.AnswerOnce(HttpStatusCode.TemporaryRedirect, "", ("Location", new Uri(_sink.Address, "elsewhere").ToString()));
        (await SendAsync(Message())).Result.ShouldBe(DeliveryResult.Unavailable);
        await _sink.NextAsync();
        _sink.TryNext(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Silence_EndsAfterFiveSeconds()
    {
        _sink.HangOnce();
        var sending = SendAsync(Message());
        await _sink.NextAsync();
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        sending.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        (await sending.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe(new Delivery(DeliveryResult.Unavailable, "no answer within 5 s", null, DeliveryHint.NoAnswer));
    }

    [Fact]
    public async Task NoServer_IsUnavailable_AndTheReasonTellsNoSecrets()
    {
        using var nobody = new Socket(SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // Never listens.
        var delivery = await SendAsync(Message(), url: $"http://127.0.0.1:{((IPEndPoint)nobody.LocalEndPoint!).Port}/very-secret-topic");
        delivery.ShouldBe(new Delivery(DeliveryResult.Unavailable, "the server cannot be reached (ConnectionError)", null, DeliveryHint.Unreachable));
    }

    [Fact]
    public async Task LongMessage_IsCutBetweenCharacters_BelowTheServersLimit()
    {
        await SendAsync(Message() with { Message = string.Concat(Enumerable.Repeat("锁🔒", 2000)) });
        var text = (await _sink.NextAsync()).Message;
        Encoding.UTF8.GetByteCount(text).ShouldBeInRange(3990, 4000);
        text.ShouldEndWith("…");
        text.ShouldNotContain("\uFFFD");
    }

    private async Task<Delivery> SendAsync(Notification notification, string token = Token, string? url = null)
    {
        var options = new QuantDashOptions { Notifications = { NtfyUrl = url ?? _sink.TopicUrl, NtfyToken = token } };
        using var http = new ChannelHttp(Options.Create(options), _clock);
        return await new NtfyNotifier(Options.Create(options), new ChannelSender([new NtfyProtocol(http)])).SendAsync(notification);
    }

    private static Notification Message() => new()
    {
        Id = Guid.NewGuid(), Title = "锁仓触发 · SHFE.rb2510", Message = "多仓触发：价格达到目标", Priority = NotificationPriority.High, Tags = ["zap"],
    };
}
