using System.Net;
using System.Net.Sockets;
using System.Text;
using QuantDash.Core.Notifications;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Notifications;

namespace QuantDash.Tests.Web.Adapters.Notifications;

/// <summary>Chat robots, against a real HTTP server on loopback that checks signatures as they do.</summary>
public sealed class RobotProtocolTests : IAsyncLifetime
{
    private readonly ChannelRig _rig = new();
    private RobotSink _sink = null!;

    public async Task InitializeAsync()
    {
        _sink = await RobotSink.StartAsync();
        _sink.Now = _rig.Clock.GetUtcNow;
    }

    public async Task DisposeAsync()
    {
        _rig.Dispose();
        await _sink.DisposeAsync();
    }

    /// <summary>The vectors of PROTOCOLS.md 5.2.</summary>
    [Fact]
    public void Signatures_AreThoseOfTheVectors()
    {
        DingtalkProtocol.Sign("this is secret", 1700000000000).ShouldBe("sSFWELbV2YwjdDQhWZwTcWlX5BWUx5J6TPpsZmuPii0%3D");
        FeishuProtocol.Sign("this is secret", 1599360473).ShouldBe("/eYKrXQBzTjUZJ3s6NX16VxGbTwmK7AEs8/FnvC1CSw=");
    }

    [Fact]
    public async Task Dingtalk_AtTheVectorsTime_SendsTheVectorsSignature()
    {
        using var rig = new ChannelRig(DateTimeOffset.FromUnixTimeMilliseconds(1700000000000));
        _sink.Now = rig.Clock.GetUtcNow;
        (await rig.Sender.SendAsync(Dingtalk(), ChannelRig.Message())).ShouldBe(Delivery.Arrived);
        (await _sink.NextAsync()).Query.ShouldBe("?access_token=ding-key-93f1&timestamp=1700000000000&sign=sSFWELbV2YwjdDQhWZwTcWlX5BWUx5J6TPpsZmuPii0%3D");
    }

    [Fact]
    public async Task Feishu_AtTheVectorsTime_SendsTheVectorsSignature()
    {
        using var rig = new ChannelRig(DateTimeOffset.FromUnixTimeSeconds(1599360473));
        _sink.Now = rig.Clock.GetUtcNow;
        (await rig.Sender.SendAsync(Feishu(), ChannelRig.Message())).ShouldBe(Delivery.Arrived);
        var post = await _sink.NextAsync();
        post.Path.ShouldBe("/open-apis/bot/v2/hook/feishu-key-77aa");
        post.Body.ShouldBe("""{"timestamp":"1599360473","sign":"/eYKrXQBzTjUZJ3s6NX16VxGbTwmK7AEs8/FnvC1CSw=","msg_type":"text","content":{"text":"锁仓触发 · SHFE.rb2510\n多仓触发：价格达到目标\nhttps://dash.example.com/lock"}}""");
    }

    [Theory]
    [InlineData(ChannelKind.Dingtalk, "锁仓触发", "多仓触发：价格达到目标")]
    [InlineData(ChannelKind.Dingtalk, "Lock fired", "long: price reached")]
    [InlineData(ChannelKind.Feishu, "锁仓触发", "多仓触发：价格达到目标")]
    [InlineData(ChannelKind.Feishu, "Lock fired", "long: price reached")]
    [InlineData(ChannelKind.Wecom, "锁仓触发", "多仓触发：价格达到目标")]
    [InlineData(ChannelKind.Wecom, "Lock fired", "long: price reached")]
    public async Task Message_ArrivesWithTitleTextAndLink(ChannelKind kind, string title, string message)
    {
        (await _rig.Sender.SendAsync(Of(kind), ChannelRig.Message(title, message))).ShouldBe(Delivery.Arrived);
        (await _sink.NextAsync()).Text.ShouldBe($"{title}\n{message}\nhttps://dash.example.com/lock");
    }

    /// <summary>Their buttons only open links: the question carries the link of its confirm page.</summary>
    [Theory]
    [InlineData(ChannelKind.Dingtalk)]
    [InlineData(ChannelKind.Feishu)]
    [InlineData(ChannelKind.Wecom)]
    public async Task Question_CarriesTheLinkOfItsPage_WholeHoweverLongTheText(ChannelKind kind)
    {
        await _rig.Sender.SendAsync(Of(kind), ChannelRig.Message(message: string.Concat(Enumerable.Repeat("锁🔒", 4000)), asks: true));
        var text = (await _sink.NextAsync()).Text;
        text.ShouldEndWith("…\n确认: https://dash.example.com/confirm/abc");
        text.ShouldNotContain("\uFFFD");
        Encoding.UTF8.GetByteCount(text).ShouldBeLessThanOrEqualTo(kind == ChannelKind.Wecom ? 2048 : 8000);
    }

    [Fact]
    public async Task Wecom_PostsToItsKey()
    {
        await _rig.Sender.SendAsync(Of(ChannelKind.Wecom), ChannelRig.Message());
        var post = await _sink.NextAsync();
        (post.Path, post.Query).ShouldBe(("/cgi-bin/webhook/send", "?key=wecom-key-5d0c"));
        post.Json.GetProperty("msgtype").GetString().ShouldBe("text");
    }

    [Fact]
    public async Task Keyword_ThatTheTextLacks_IsAdded()
    {
        var channel = ChannelRig.Channel(ChannelKind.Dingtalk, (ChannelFields.Url, _sink.Dingtalk), (ChannelFields.Keyword, "报警"));
        _sink.AnswerOnce("""{"errcode":0,"errmsg":"ok"}""");
        await _rig.Sender.SendAsync(channel, ChannelRig.Message());
        (await _sink.NextAsync()).Text.ShouldBe("锁仓触发 · SHFE.rb2510\n多仓触发：价格达到目标\n报警\nhttps://dash.example.com/lock");
    }

    [Theory]
    [InlineData(ChannelKind.Dingtalk, "310000 sign not match, more: …")]
    [InlineData(ChannelKind.Feishu, "19021 sign match fail or timestamp is not within one hour from current time")]
    public async Task WrongSecret_WaitsAndSaysSo(ChannelKind kind, string reason)
    {
        var channel = ChannelRig.Channel(kind, (ChannelFields.Url, kind == ChannelKind.Dingtalk ? _sink.Dingtalk : _sink.Feishu), (ChannelFields.Secret, "another secret"));
        (await _rig.Sender.SendAsync(channel, ChannelRig.Message())).ShouldBe(new Delivery(DeliveryResult.Unavailable, reason, null, DeliveryHint.WrongSignature));
    }

    [Theory]
    [InlineData(ChannelKind.Dingtalk, """{"errcode":130101,"errmsg":"send too fast"}""", DeliveryResult.Unavailable, DeliveryHint.TooFast, 600)]
    [InlineData(ChannelKind.Dingtalk, """{"errcode":300001,"errmsg":"token is not exist"}""", DeliveryResult.Unavailable, DeliveryHint.WrongAddress, null)]
    [InlineData(ChannelKind.Dingtalk, """{"errcode":400105,"errmsg":"msgtype not supported"}""", DeliveryResult.Refused, DeliveryHint.BadMessage, null)]
    [InlineData(ChannelKind.Feishu, """{"code":11232,"msg":"frequency limited"}""", DeliveryResult.Unavailable, DeliveryHint.TooFast, 60)]
    [InlineData(ChannelKind.Feishu, """{"code":19024,"msg":"Key Words Not Found"}""", DeliveryResult.Unavailable, DeliveryHint.MissingKeyword, null)]
    [InlineData(ChannelKind.Feishu, """{"code":19022,"msg":"Ip Not Allowed"}""", DeliveryResult.Unavailable, DeliveryHint.AddressNotAllowed, null)]
    [InlineData(ChannelKind.Feishu, """{"code":9499,"msg":"Bad Request"}""", DeliveryResult.Refused, DeliveryHint.BadMessage, null)]
    [InlineData(ChannelKind.Wecom, """{"errcode":45009,"errmsg":"api freq out of limit"}""", DeliveryResult.Unavailable, DeliveryHint.TooFast, 60)]
    [InlineData(ChannelKind.Wecom, """{"errcode":93000,"errmsg":"invalid webhook url"}""", DeliveryResult.Unavailable, DeliveryHint.WrongAddress, null)]
    [InlineData(ChannelKind.Wecom, """{"errcode":44004,"errmsg":"empty content"}""", DeliveryResult.Refused, DeliveryHint.BadMessage, null)]
    [InlineData(ChannelKind.Wecom, """{"errcode":-1,"errmsg":"system busy"}""", DeliveryResult.Unavailable, null, null)]
    public async Task ErrorInA200_IsARefusalOrAWait_ByItsCode(ChannelKind kind, string answer, DeliveryResult result, DeliveryHint? hint, int? seconds)
    {
        _sink.AnswerOnce(answer);
        var delivery = await _rig.Sender.SendAsync(Of(kind), ChannelRig.Message());
        (delivery.Result, delivery.Hint, delivery.RetryAfter).ShouldBe((result, hint, seconds is { } after ? TimeSpan.FromSeconds(after) : null));
        delivery.Reason.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData(ChannelKind.Dingtalk)]
    [InlineData(ChannelKind.Feishu)]
    [InlineData(ChannelKind.Wecom)]
    public async Task ServerError_ThenSuccess_Arrives(ChannelKind kind)
    {
        _sink.AnswerOnce("<html>bad gateway</html>", HttpStatusCode.BadGateway);
        (await _rig.Sender.SendAsync(Of(kind), ChannelRig.Message())).ShouldBe(new Delivery(DeliveryResult.Unavailable, "HTTP 502"));
        (await _rig.Sender.SendAsync(Of(kind), ChannelRig.Message())).ShouldBe(Delivery.Arrived);
    }

    [Fact]
    public async Task Page_OfSomethingElse_IsNoArrival()
    {
        _sink.AnswerOnce("<html>welcome</html>");
        (await _rig.Sender.SendAsync(Of(ChannelKind.Wecom), ChannelRig.Message())).ShouldBe(new Delivery(DeliveryResult.Unavailable, "the answer is none of a robot", null, DeliveryHint.WrongAddress));
    }

    [Fact]
    public async Task Redirect_IsNotFollowed_SoThatTheKeyStaysHere()
    {
        _sink.AnswerOnce("", HttpStatusCode.TemporaryRedirect, ("Location", new Uri(_sink.Address, "elsewhere").ToString()));
        (await _rig.Sender.SendAsync(Of(ChannelKind.Dingtalk), ChannelRig.Message())).Result.ShouldBe(DeliveryResult.Unavailable);
        await _sink.NextAsync();
        _sink.TryNext(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Reason_HoldsNothingOfWhatWasEntered()
    {
        _sink.AnswerOnce($$"""{"errcode":310000,"errmsg":"no robot ding-key-93f1 at {{_sink.Dingtalk}} with this is SECRET on {{_sink.Address.Authority}}\n{{new string('x', 500)}}"}""");
        var reason = (await _rig.Sender.SendAsync(Dingtalk(), ChannelRig.Message())).Reason!;
        reason.ShouldStartWith("310000 no robot … at … with … on … xxx");
        reason.Length.ShouldBe(200);
    }

    [Theory]
    [InlineData(ChannelKind.Dingtalk, "http://127.0.0.1:{0}/robot/send?access_token=very-secret")]
    [InlineData(ChannelKind.Feishu, "http://127.0.0.1:{0}/hook/very-secret")]
    [InlineData(ChannelKind.Wecom, "http://127.0.0.1:{0}/send?key=very-secret")]
    [InlineData(ChannelKind.Webhook, "http://127.0.0.1:{0}/very-secret")]
    public async Task NoServer_IsUnavailable_AndTheReasonTellsNoSecrets(ChannelKind kind, string url)
    {
        using var nobody = new Socket(SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // Never listens.
        var channel = ChannelRig.Channel(kind, (ChannelFields.Url, string.Format(System.Globalization.CultureInfo.InvariantCulture, url, ((IPEndPoint)nobody.LocalEndPoint!).Port)));
        (await _rig.Sender.SendAsync(channel, ChannelRig.Message())).ShouldBe(new Delivery(DeliveryResult.Unavailable, "the server cannot be reached (ConnectionError)", null, DeliveryHint.Unreachable));
    }

    [Fact]
    public async Task Channel_WhoseSecretsCannotBeRead_SaysSoAndPostsNothing()
    {
        (await _rig.Sender.SendAsync(Dingtalk() with { IsReadable = false, Settings = new Dictionary<string, string>() }, ChannelRig.Message()))
            .ShouldBe(new Delivery(DeliveryResult.Unavailable, "its secrets cannot be read", null, DeliveryHint.SecretsUnreadable));
        _sink.TryNext(out _).ShouldBeFalse();
    }

    private NotificationChannel Of(ChannelKind kind) => kind switch
    {
        ChannelKind.Dingtalk => Dingtalk(),
        ChannelKind.Feishu => Feishu(),
        _ => ChannelRig.Channel(kind, (ChannelFields.Url, _sink.Wecom)),
    };

    private NotificationChannel Dingtalk() => ChannelRig.Channel(ChannelKind.Dingtalk, (ChannelFields.Url, _sink.Dingtalk), (ChannelFields.Secret, RobotSink.Secret));

    private NotificationChannel Feishu() => ChannelRig.Channel(ChannelKind.Feishu, (ChannelFields.Url, _sink.Feishu), (ChannelFields.Secret, RobotSink.Secret));
}
