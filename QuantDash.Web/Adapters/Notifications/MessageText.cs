using System.Text;
using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Notifications;

/// <summary>A message as plain text, for receivers that know nothing else: title, message and link, cut to what they take.</summary>
internal static class MessageText
{
    private const char Cut = '…';
    private const int CutBytes = 3;

    /// <param name="notification">The message.</param>
    /// <param name="bytes">Of UTF-8 that the receiver takes; the link is kept whole.</param>
    /// <param name="keyword">A word without which a robot takes nothing; empty: none.</param>
    public static string Of(Notification notification, int bytes, string keyword = "")
    {
        var text = $"{notification.Title}\n{notification.Message}";
        var end = notification.Click is { } link ? $"\n{(notification.Button is { } button ? button.Label + ": " : "")}{link.AbsoluteUri}" : "";
        if (keyword.Length > 0 && !text.Contains(keyword, StringComparison.Ordinal)) end = $"\n{keyword}{end}";
        return AtMost(text, bytes - Encoding.UTF8.GetByteCount(end)) + end;
    }

    /// <summary>At most this many bytes of UTF-8, whole characters.</summary>
    public static string AtMost(string text, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytes) return text;
        var (kept, used) = (new StringBuilder(), CutBytes);
        foreach (var rune in text.EnumerateRunes())
        {
            used += rune.Utf8SequenceLength;
            if (used > bytes) break;
            kept.Append(rune);
        }

        return kept.Append(Cut).ToString();
    }
}
