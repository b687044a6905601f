using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Notifications;

internal sealed class WecomProtocol(ChannelHttp http, TimeProvider clock) : RobotProtocol(http, clock)
{
    // It takes 2,048 bytes.
    private const int LongestText = 2000;
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    public override ChannelKind Kind => ChannelKind.Wecom;

    protected override (string Code, string Words) AnswerFields => ("errcode", "errmsg");

    protected override (string Address, object Body) Write(NotificationChannel channel, Notification notification, DateTimeOffset now) =>
        (channel.Setting(ChannelFields.Url), new { msgtype = "text", text = new { content = MessageText.Of(notification, LongestText) } });

    protected override Delivery Verdict(int code) => code switch
    {
        45009 => Wait(DeliveryHint.TooFast, Rest),
        93000 or 93017 => Wait(DeliveryHint.WrongAddress),
        40008 or 40058 or 44004 or 45002 => Bad,
        _ => Unknown,
    };
}
