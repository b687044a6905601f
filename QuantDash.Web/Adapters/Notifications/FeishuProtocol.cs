using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Notifications;

internal sealed class FeishuProtocol(ChannelHttp http, TimeProvider clock) : RobotProtocol(http, clock)
{
    private const int LongestText = 8000;
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    public override ChannelKind Kind => ChannelKind.Feishu;

    protected override (string Code, string Words) AnswerFields => ("code", "msg");

    /// <summary>HMAC-SHA256 of nothing, with the time in seconds, a line end and the secret as key.</summary>
    internal static string Sign(string secret, long seconds)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{seconds}\n{secret}");
        return Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Array.Empty<byte>()));
    }

    protected override (string Address, object Body) Write(NotificationChannel channel, Notification notification, DateTimeOffset now)
    {
        var secret = channel.Setting(ChannelFields.Secret);
        var at = now.ToUnixTimeSeconds();
        return (channel.Setting(ChannelFields.Url), new FeishuText(
            secret.Length > 0 ? at.ToString(CultureInfo.InvariantCulture) : null,
            secret.Length > 0 ? Sign(secret, at) : null,
            "text",
            new(MessageText.Of(notification, LongestText, channel.Setting(ChannelFields.Keyword)))));
    }

    protected override Delivery Verdict(int code) => code switch
    {
        11232 or 11233 => Wait(DeliveryHint.TooFast, Rest),
        19021 => Wait(DeliveryHint.WrongSignature),
        19022 => Wait(DeliveryHint.AddressNotAllowed),
        19024 => Wait(DeliveryHint.MissingKeyword),
        19001 => Wait(DeliveryHint.WrongAddress),
        9499 or 19002 => Bad,
        _ => Unknown,
    };

    private sealed record FeishuText(string? Timestamp, string? Sign, string MsgType, FeishuContent Content);

    private sealed record FeishuContent(string Text);
}
