using System.Text.RegularExpressions;

namespace QuantDash.Web.Configuration;

/// <summary>The section <c>QuantDash:Notifications</c>. Address and token are secrets: whoever knows the topic reads the messages.</summary>
public sealed partial class NotificationOptions
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

    /// <summary>The server that messages are posted to, and the topic; null when the address is none.</summary>
    public (Uri Server, string Topic)? Ntfy =>
        Uri.TryCreate(NtfyUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length + url.Query.Length + url.Fragment.Length == 0
        && Topic().IsMatch(url.Segments[^1])
            ? (new Uri(url, "."), url.Segments[^1])
            : null;

    /// <summary>Never with the address or the token in it: mistakes are printed.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (NtfyUrl.Length > 0 && Ntfy is null)
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

    [GeneratedRegex("^[-_A-Za-z0-9]{1,64}$")]
    private static partial Regex Topic();
}
