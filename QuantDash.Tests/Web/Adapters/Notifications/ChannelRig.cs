using Microsoft.Extensions.Options;
using QuantDash.Core.Notifications;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Notifications;
using QuantDash.Web.Configuration;

namespace QuantDash.Tests.Web.Adapters.Notifications;

/// <summary>The real senders with a clock that stands still.</summary>
internal sealed class ChannelRig : IDisposable
{
    private readonly ChannelHttp _http;

    public ChannelRig(DateTimeOffset? now = null, QuantDashOptions? options = null, System.Security.Cryptography.X509Certificates.X509Certificate2? trusted = null)
    {
        Clock = now is { } at ? new(at) : new();
        _http = new(Options.Create(options ?? new QuantDashOptions()), Clock);
        Sender = new([
            new NtfyProtocol(_http), new DingtalkProtocol(_http, Clock), new FeishuProtocol(_http, Clock), new WecomProtocol(_http, Clock), new WebhookProtocol(_http, Clock),
            new EmailProtocol(Clock) { TrustedRoot = trusted },
        ]);
    }

    public FakeTimeProvider Clock { get; }

    public ChannelSender Sender { get; }

    public static NotificationChannel Channel(ChannelKind kind, params (string Name, string Value)[] settings) => new()
    {
        Id = Guid.NewGuid(), Name = "mine", Kind = kind, Settings = settings.ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal),
    };

    public static Notification Message(string title = "锁仓触发 · SHFE.rb2510", string message = "多仓触发：价格达到目标", bool asks = false) => new()
    {
        Id = new("11111111-2222-3333-4444-555555555555"), Title = title, Message = message, Priority = NotificationPriority.High, Tags = ["zap"], Event = "lock.fired",
        Click = new(asks ? "https://dash.example.com/confirm/abc" : "https://dash.example.com/lock"),
        Button = asks ? new("确认", new("https://dash.example.com/confirm"), """{"token":"abc"}""") : null,
    };

    public void Dispose() => _http.Dispose();
}
