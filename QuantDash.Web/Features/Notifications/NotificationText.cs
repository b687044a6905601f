namespace QuantDash.Web.Features.Notifications;

/// <summary>Names what messages and the confirm page say: NotificationText.resx and NotificationText.zh-CN.resx.</summary>
public sealed class NotificationText;
