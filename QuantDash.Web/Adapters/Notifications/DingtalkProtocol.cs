using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Notifications;

internal sealed class DingtalkProtocol(ChannelHttp http, TimeProvider clock) : RobotProtocol(http, clock)
{
    private const int LongestText = 8000;

    // A robot that was sent more than 20 messages in a minute takes none for ten.
    private static readonly TimeSpan Blocked = TimeSpan.FromMinutes(10);

    public override ChannelKind Kind => ChannelKind.Dingtalk;

    protected override (string Code, string Words) AnswerFields => ("errcode", "errmsg");

    /// <summary>As it stands in the address: HMAC-SHA256 of the time in milliseconds, a line end and the secret, with the secret as key.</summary>
    internal static string Sign(string secret, long milliseconds)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{milliseconds}\n{secret}");
        return Uri.EscapeDataString(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text))));
    }

    protected override (string Address, object Body) Write(NotificationChannel channel, Notification notification, DateTimeOffset now)
    {
        var (address, secret) = (channel.Setting(ChannelFields.Url), channel.Setting(ChannelFields.Secret));
        var at = now.ToUnixTimeMilliseconds();
        if (secret.Length > 0) address = string.Create(CultureInfo.InvariantCulture, $"{address}&timestamp={at}&sign={Sign(secret, at)}");
        var text = MessageText.Of(notification, LongestText, channel.Setting(ChannelFields.Keyword));
        return (address, new { msgtype = "text", text = new { content = text } });
    }

    protected override Delivery Verdict(int code) => code switch
    {
        130101 or 660026 or 410100 => Wait(DeliveryHint.TooFast, Blocked),
        310000 => Wait(DeliveryHint.WrongSignature), // Or the keyword, or our address: its words say which.
        300001 or 40014 or 404 => Wait(DeliveryHint.WrongAddress),
        40035 or 43004 or 400101 or 400105 => Bad,
        _ => Unknown,
    };
}
