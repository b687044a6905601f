using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using QuantDash.Core.Notifications;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Features.Watchdog;

/// <summary>Makes the watchdog's messages, in the language that was set for messages. All of them wake: who hears that it is gone waits for hearing that it is back.</summary>
public sealed class WatchMessages(IStringLocalizer<WatchdogText> text, IOptions<QuantDashOptions> options)
{
    private readonly CultureInfo _language = CultureInfo.GetCultureInfo(options.Value.Notifications.Language);

    public Notification Write(WatchMessage message, WatchState state, TraderLook look, DateTimeOffset now)
    {
        var (since, before) = (state.SilentSince ?? now, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentUICulture = _language;
        try
        {
            var away = Duration(now - since);
            return new()
            {
                Id = IdOf(message, since, state.Told),
                Title = text[message + "Title", away],
                Message = $"{text[message + "Message", since.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), away]}{(look.Why.Length == 0 ? "" : "\n" + look.Why)}",
                Priority = NotificationPriority.Urgent,
                Tags = [message == WatchMessage.Back ? "white_check_mark" : "rotating_light"],
                Click = options.Value.PublicAddress,
            };
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>The same for every attempt at one message, another for the next one: that one has to ring again.</summary>
    private static Guid IdOf(WatchMessage message, DateTimeOffset since, int told) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"watchdog|{message}|{since.UtcTicks}|{told}"))).AsSpan(0, 16));

    private static string Duration(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}");
}
