using System.Text.RegularExpressions;
using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Notifications;

/// <summary>What a server said, without what it may have repeated of ours: no address, no key, no mailbox leaves in a reason, which is logged, stored and shown.</summary>
internal static partial class ReasonText
{
    public const int Longest = 200;
    private const int ShortestSecret = 4;
    private const string Hidden = "…";

    public static string Of(string said, NotificationChannel channel)
    {
        var text = Line().Replace(said, " ").Trim();
        text = Address().Replace(text, Hidden);
        foreach (var value in Told(channel).OrderByDescending(v => v.Length)) text = text.Replace(value, Hidden, StringComparison.OrdinalIgnoreCase);
        return text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)];
    }

    /// <summary>Everything that was entered, and the parts of an address that are keys.</summary>
    private static IEnumerable<string> Told(NotificationChannel channel)
    {
        foreach (var (name, value) in channel.Settings)
        {
            if (name is ChannelFields.Port or ChannelFields.Security or ChannelFields.Keyword) continue;
            if (value.Length >= ShortestSecret) yield return value;
            if (name == ChannelFields.To)
            {
                foreach (var one in ChannelCheck.Recipients(value)) yield return one;
            }

            if (name != ChannelFields.Url || !Uri.TryCreate(value, UriKind.Absolute, out var url)) continue;
            yield return url.Authority;
            foreach (var part in url.Query.TrimStart('?').Split('&').Select(p => p[(p.IndexOf('=') + 1)..]).Append(url.Segments[^1]).Where(p => p.Length >= ShortestSecret)) yield return part;
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Line();

    [GeneratedRegex(@"https?://\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
