using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using QuantDash.Core.Notifications;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Notifications;

namespace QuantDash.Tests.Web.Adapters.Notifications;

public sealed class WebhookProtocolTests : IAsyncLifetime
{
    private readonly ChannelRig _rig = new(DateTimeOffset.FromUnixTimeSeconds(1700000000));
    private RobotSink _sink = null!;

    public async Task InitializeAsync() => _sink = await RobotSink.StartAsync();

    public async Task DisposeAsync()
    {
        _rig.Dispose();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task Message_IsPostedAsJson_SignedOverTimeAndBody()
    {
        (await _rig.Sender.SendAsync(Channel("hook-secret"), ChannelRig.Message())).ShouldBe(Delivery.Arrived);
        var post = await _sink.NextAsync();
        post.Path.ShouldBe("/hook/of-my-own-2b4e");
        var expected = JsonDocument.Parse("""
            {"id":"11111111-2222-3333-4444-555555555555","event":"lock.fired","title":"锁仓触发 · SHFE.rb2510","message":"多仓触发：价格达到目标","priority":4,"silent":false,"tags":["zap"],"url":"https://dash.example.com/lock"}
            """).RootElement;
        JsonElement.DeepEquals(post.Json, expected).ShouldBeTrue(post.Body);
        post.Headers[WebhookProtocol.TimestampHeader].ShouldBe("1700000000");
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes("hook-secret"));
        post.Headers[WebhookProtocol.SignatureHeader].ShouldBe("sha256=" + Convert.ToHexStringLower(hmac.ComputeHash(Encoding.UTF8.GetBytes("1700000000." + post.Body))));
    }

    /// <summary>The vector of docs/notifications.md, computed with openssl.</summary>
    [Fact]
    public void Signature_IsThatOfTheVector() =>
        WebhookProtocol.Sign("this is secret", "1700000000", """{"title":"a trial"}"""u8).ShouldBe("sha256=c622514ffee4ed379e933c8eb976501d31c37bdedb3f3f74e4874dc74a0daa7a");

    [Fact]
    public async Task Message_WithoutASecret_IsNotSigned()
    {
        await _rig.Sender.SendAsync(Channel(""), ChannelRig.Message("Lock fired", "long: price reached"));
        var post = await _sink.NextAsync();
        post.Headers.Keys.ShouldNotContain(WebhookProtocol.SignatureHeader);
        post.Json.GetProperty("title").GetString().ShouldBe("Lock fired");
    }

    [Theory]
    [InlineData(500, DeliveryResult.Unavailable, null)]
    [InlineData(401, DeliveryResult.Unavailable, DeliveryHint.WrongSignature)]
    [InlineData(404, DeliveryResult.Unavailable, DeliveryHint.WrongAddress)]
    [InlineData(422, DeliveryResult.Refused, DeliveryHint.BadMessage)]
    [InlineData(302, DeliveryResult.Unavailable, null)]
    public async Task Error_IsARefusalOrAWait_ByItsStatus(int status, DeliveryResult result, DeliveryHint? hint)
    {
        _sink.AnswerOnce("no", (HttpStatusCode)status);
        (await _rig.Sender.SendAsync(Channel("hook-secret"), ChannelRig.Message())).ShouldBe(new Delivery(result, "HTTP " + status.ToString(CultureInfo.InvariantCulture), null, hint));
        (await _rig.Sender.SendAsync(Channel("hook-secret"), ChannelRig.Message())).ShouldBe(Delivery.Arrived);
    }

    [Fact]
    public async Task TooMany_SaysHowLongToWait()
    {
        _sink.AnswerOnce("slower", HttpStatusCode.TooManyRequests, ("Retry-After", "17"));
        (await _rig.Sender.SendAsync(Channel("x-secret"), ChannelRig.Message())).ShouldBe(new Delivery(DeliveryResult.Unavailable, "HTTP 429", TimeSpan.FromSeconds(17), DeliveryHint.TooFast));
    }

    private NotificationChannel Channel(string secret) => ChannelRig.Channel(ChannelKind.Webhook, (ChannelFields.Url, _sink.Webhook), (ChannelFields.Secret, secret));
}
