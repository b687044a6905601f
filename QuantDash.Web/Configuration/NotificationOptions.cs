using QuantDash.Core.Notifications;

namespace QuantDash.Web.Configuration;

/// <summary>The section <c>QuantDash:Notifications</c>. Address and token are secrets: whoever knows the topic reads the messages.</summary>
public sealed class NotificationOptions
{
    public const string DefaultLanguage = "zh-CN";
    private const int LongestTimeout = 60;
    private static readonly string[] Languages = [DefaultLanguage, "en"];

    /// <summary>Server and topic in one, as ntfy's own users write it; empty: no notifications.</summary>
    public string NtfyUrl { get; set; } = "";

    /// <summary>Access token of a topic that is not open.</summary>
    public string NtfyToken { get; set; } = "";

    public string Language { get; set; } = DefaultLanguage;

    public int TimeoutSeconds { get; set; } = 5;

    /// <summary>The channel that this section makes, beside those that are stored; null when it names none.</summary>
    public NotificationChannel? Channel => NtfyUrl.Length == 0 ? null : new()
    {
        Id = NotificationChannel.ConfiguredId, Name = "ntfy", Kind = ChannelKind.Ntfy,
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { [ChannelFields.Url] = NtfyUrl, [ChannelFields.Token] = NtfyToken },
    };

    /// <summary>Never with the address or the token in it: mistakes are printed.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (NtfyUrl.Length > 0 && ChannelCheck.NtfyTopic(NtfyUrl) is null)
            yield return "QuantDash:Notifications:NtfyUrl (or NTFY_URL) is no address of a topic: write https://host/topic, a name of letters, digits, - and _ at the end, no user, no query";
        if (NtfyToken.Length > 0 && NtfyUrl.Length == 0)
            yield return "QuantDash:Notifications:NtfyToken is set, but no QuantDash:Notifications:NtfyUrl: say where to send, or leave the token out";
        if (NtfyToken.Any(c => c is <= ' ' or > '~'))
            yield return "QuantDash:Notifications:NtfyToken holds characters that a token cannot have: write it without spaces, such as tk_…";
        if (!Languages.Contains(Language, StringComparer.Ordinal))
            yield return $"QuantDash:Notifications:Language is '{Language}': use {string.Join(", ", Languages)}";
        if (TimeoutSeconds is < 1 or > LongestTimeout)
            yield return $"QuantDash:Notifications:TimeoutSeconds is {TimeoutSeconds}: use 1 to {LongestTimeout}";
    }
}
