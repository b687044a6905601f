using System.Globalization;
using System.Net;
using System.Net.Sockets;
using QuantDash.Core.Notifications;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Adapters.Notifications;

/// <summary>Against a mail server on loopback.</summary>
public sealed class EmailProtocolTests
{
    [Theory]
    [InlineData(ChannelFields.StartTls, "PLAIN LOGIN")]
    [InlineData(ChannelFields.StartTls, "LOGIN")]
    [InlineData(ChannelFields.Tls, "PLAIN")]
    [InlineData(ChannelFields.Plain, "PLAIN")]
    public async Task Mail_IsHandedInSignedIn_OverWhatWasChosen(string security, string ways)
    {
        using var sink = SmtpSink.Start(tls: security == ChannelFields.Tls, startTls: security == ChannelFields.StartTls, ways);
        using var rig = new ChannelRig(trusted: sink.Certificate);
        (await rig.Sender.SendAsync(Channel(sink, security), ChannelRig.Message(asks: true))).ShouldBe(Delivery.Arrived);
        var mail = await sink.NextAsync();
        (mail.From, mail.SignedIn, mail.Secured).ShouldBe(("dash@example.com", SmtpSink.User, security != ChannelFields.Plain));
        mail.To.ShouldBe(["one@example.com", "two@example.com"]);
        mail.Subject.ShouldBe("锁仓触发 · SHFE.rb2510");
        mail.Body.ShouldBe("多仓触发：价格达到目标\r\n\r\n确认: https://dash.example.com/confirm/abc\r\n");
        mail.Header("To").ShouldBe("<one@example.com>, <two@example.com>");
        mail.Header("Date").ShouldBe("Mon, 05 Jan 2026 01:00:00 +0000");
        mail.Header("Message-ID").ShouldBe("<11111111222233334444555555555555@quantdash>");
        mail.Data.Split("\r\n").Max(l => l.Length).ShouldBeLessThanOrEqualTo(78);
        mail.Data.ShouldAllBe(c => c < 128);
    }

    [Fact]
    public async Task Mail_InEnglish_ArrivesWithTitleTextAndLink()
    {
        using var sink = SmtpSink.Start();
        using var rig = new ChannelRig();
        await rig.Sender.SendAsync(Channel(sink, ChannelFields.Plain), ChannelRig.Message("Lock fired · a title that is longer than what one encoded word may hold, by far", "long: price reached\n.\na line that is only a dot ends nothing"));
        var mail = await sink.NextAsync();
        mail.Subject.ShouldBe("Lock fired · a title that is longer than what one encoded word may hold, by far");
        mail.Body.ShouldBe("long: price reached\r\n.\r\na line that is only a dot ends nothing\r\n\r\nhttps://dash.example.com/lock\r\n");
    }

    [Fact]
    public async Task WrongPassword_WaitsAndSaysSo_WithoutTheName()
    {
        using var sink = SmtpSink.Start();
        using var rig = new ChannelRig();
        (await rig.Sender.SendAsync(Channel(sink, ChannelFields.Plain, "wrong-password"), ChannelRig.Message()))
            .ShouldBe(new Delivery(DeliveryResult.Unavailable, "535 5.7.8 Error: authentication failed for …", null, DeliveryHint.WrongCredentials));
        sink.TryNext(out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("MAIL", "550 5.7.1 dash@example.com may not send", DeliveryResult.Unavailable, DeliveryHint.SenderRefused, "550 5.7.1 … may not send")]
    [InlineData("RCPT TO:<two", "550 5.1.1 two@example.com unknown", DeliveryResult.Unavailable, DeliveryHint.RecipientRefused, "550 5.1.1 … unknown")]
    [InlineData("RCPT TO:<one", "450 4.2.0 greylisted", DeliveryResult.Unavailable, null, "450 4.2.0 greylisted")]
    [InlineData(".", "554 5.6.0 not like this", DeliveryResult.Refused, DeliveryHint.BadMessage, "554 5.6.0 not like this")]
    [InlineData(".", "452 4.3.1 no space", DeliveryResult.Unavailable, null, "452 4.3.1 no space")]
    [InlineData("EHLO", "421 too many of you", DeliveryResult.Unavailable, null, "421 too many of you")]
    public async Task Refusal_OfAnyStep_SaysWhatTheServerSaid(string step, string answer, DeliveryResult result, DeliveryHint? hint, string reason)
    {
        using var sink = SmtpSink.Start();
        using var rig = new ChannelRig();
        sink.Answers[step] = answer;
        (await rig.Sender.SendAsync(Channel(sink, ChannelFields.Plain), ChannelRig.Message())).ShouldBe(new Delivery(result, reason, null, hint));
        sink.TryNext(out _).ShouldBeFalse("nobody was served, so that nobody is served twice");
        sink.Answers.Clear();
        (await rig.Sender.SendAsync(Channel(sink, ChannelFields.Plain), ChannelRig.Message())).ShouldBe(Delivery.Arrived);
    }

    [Fact]
    public async Task Server_WithoutStartTls_GetsNoPassword()
    {
        using var sink = SmtpSink.Start();
        using var rig = new ChannelRig();
        (await rig.Sender.SendAsync(Channel(sink, ChannelFields.StartTls), ChannelRig.Message())).ShouldBe(new Delivery(DeliveryResult.Unavailable, "the server offers no STARTTLS", null, DeliveryHint.NoStartTls));
    }

    [Theory]
    [InlineData(ChannelFields.StartTls)]
    [InlineData(ChannelFields.Tls)]
    public async Task Certificate_OfNobody_IsNotBelieved(string security)
    {
        using var sink = SmtpSink.Start(tls: security == ChannelFields.Tls, startTls: security == ChannelFields.StartTls);
        using var rig = new ChannelRig();
        var delivery = await rig.Sender.SendAsync(Channel(sink, security), ChannelRig.Message());
        (delivery.Result, delivery.Hint).ShouldBe((DeliveryResult.Unavailable, DeliveryHint.Certificate));
        sink.TryNext(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task NoServer_IsUnavailable()
    {
        using var nobody = new Socket(SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // Never listens.
        using var rig = new ChannelRig();
        var channel = Channel(((IPEndPoint)nobody.LocalEndPoint!).Port, ChannelFields.Plain, SmtpSink.Password);
        (await rig.Sender.SendAsync(channel, ChannelRig.Message())).ShouldBe(new Delivery(DeliveryResult.Unavailable, "the server cannot be reached (ConnectionRefused)", null, DeliveryHint.Unreachable));
    }

    [Fact]
    public async Task Silence_EndsAfterTwentySeconds()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var rig = new ChannelRig();
        var sending = rig.Sender.SendAsync(Channel(((IPEndPoint)silent.LocalEndpoint).Port, ChannelFields.Plain, SmtpSink.Password), ChannelRig.Message());
        using var called = await silent.AcceptTcpClientAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(21));
        (await sending.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe(new Delivery(DeliveryResult.Unavailable, "no answer within 20 s", null, DeliveryHint.NoAnswer));
    }

    [Fact]
    public async Task Server_ThatSpeaksSomethingElse_IsSaidSo()
    {
        await using var web = await RobotSink.StartAsync();
        using var rig = new ChannelRig();
        var channel = Channel(web.Address.Port, ChannelFields.Plain, SmtpSink.Password);
        var sending = rig.Sender.SendAsync(channel, ChannelRig.Message());
        rig.Clock.Advance(TimeSpan.FromSeconds(21)); // A web server waits to be spoken to.
        (await sending.WaitAsync(TimeSpan.FromSeconds(60))).Result.ShouldBe(DeliveryResult.Unavailable);
    }

    private static NotificationChannel Channel(SmtpSink sink, string security, string password = SmtpSink.Password) => Channel(sink.Port, security, password);

    private static NotificationChannel Channel(int port, string security, string password) => ChannelRig.Channel(
        ChannelKind.Email, (ChannelFields.Host, "127.0.0.1"), (ChannelFields.Port, port.ToString(CultureInfo.InvariantCulture)), (ChannelFields.Security, security), (ChannelFields.User, SmtpSink.User),
        (ChannelFields.Password, password), (ChannelFields.From, "dash@example.com"), (ChannelFields.To, "one@example.com, two@example.com"));
}
