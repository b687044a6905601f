using System.Globalization;
using System.Text;
using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Notifications;

/// <summary>A message as mail (RFC 5322 and MIME): plain text in UTF-8, in 7-bit lines that every server passes on.</summary>
internal static class MailMessage
{
    private const int EncodedWordBytes = 42;

    /// <summary>Lines end in CRLF; without the dot that ends the transfer, and without stuffed dots, which base64 never needs.</summary>
    public static string Write(Notification notification, string from, IReadOnlyList<string> to, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.Append("From: QuantDash <").Append(from).Append(">\r\n");
        text.Append("To: ").AppendJoin(",\r\n ", to.Select(one => $"<{one}>")).Append("\r\n");
        text.Append("Subject: ").Append(Header(notification.Title)).Append("\r\n");
        text.Append("Date: ").Append(now.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)).Append("\r\n");
        text.Append("Message-ID: <").Append(notification.Id.ToString("N")).Append("@quantdash>\r\n");
        text.Append("Auto-Submitted: auto-generated\r\n");
        if (notification.Priority == NotificationPriority.Urgent && !notification.IsSilent) text.Append("X-Priority: 1\r\nImportance: high\r\n");
        text.Append("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        text.Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(BodyOf(notification)), Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");
        return text.ToString();
    }

    private static string BodyOf(Notification notification)
    {
        var link = notification.Click is { } click ? $"\n\n{(notification.Button is { } button ? button.Label + ": " : "")}{click.AbsoluteUri}" : "";
        return (notification.Message + link + "\n").ReplaceLineEndings("\r\n");
    }

    /// <summary>Encoded words (RFC 2047), each of whole characters and short enough for a line.</summary>
    private static string Header(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > EncodedWordBytes) End();
            word.Append(rune);
            bytes += rune.Utf8SequenceLength;
        }

        End();
        return string.Join("\r\n ", words);

        void End()
        {
            if (bytes > 0) words.Add($"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(word.ToString()))}?=");
            word.Clear();
            bytes = 0;
        }
    }
}
