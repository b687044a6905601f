using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Notifications;

/// <summary>Whether a channel's settings make sense. Problems never hold what was entered: it may be a secret.</summary>
public static partial class ChannelCheck
{
    private const int LargestPort = 65535;
    private const int MostRecipients = 20;

    /// <param name="kind">Of the channel.</param>
    /// <param name="settings">As they would be stored.</param>
    public static IReadOnlyList<Problem> Check(ChannelKind kind, IReadOnlyDictionary<string, string> settings)
    {
        var fields = ChannelFields.Of(kind);
        var problems = new List<Problem>();
        foreach (var unknown in settings.Keys.Where(name => fields.All(f => f.Name != name)).Order(StringComparer.Ordinal))
            problems.Add(new(PathOf(unknown), "unknown_setting", kind.ToString(), string.Join(", ", fields.Select(f => f.Name))));
        foreach (var field in fields)
        {
            var value = settings.TryGetValue(field.Name, out var given) ? given : "";
            if (value.Length == 0)
            {
                if (field.IsRequired) problems.Add(new(PathOf(field.Name), "required"));
            }
            else if (ProblemOf(kind, field, value, settings) is { } problem)
            {
                problems.Add(problem);
            }
        }

        return problems;
    }

    public static string PathOf(string name) => "settings." + name;

    private static Problem? ProblemOf(ChannelKind kind, ChannelField field, string value, IReadOnlyDictionary<string, string> settings)
    {
        var path = PathOf(field.Name);
        if (value.Length > ChannelField.Longest) return new(path, "too_long", ChannelField.Longest, value.Length);
        if (value.Any(char.IsControl)) return new(path, "bad_text");
        if (field.Words.Count > 0 && !field.Words.Contains(value)) return new(path, "not_allowed", value, field.Words);
        return field.Name switch
        {
            ChannelFields.Url => OfUrl(kind, value, path),
            ChannelFields.Token when value.Any(c => c is <= ' ' or > '~') => new(path, "bad_text"),
            ChannelFields.Port when !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > LargestPort => new(path, "out_of_range", 1, LargestPort, value),
            ChannelFields.Host when Uri.CheckHostName(value) == UriHostNameType.Unknown => new(path, "not_a_host"),
            ChannelFields.Security when value == ChannelFields.Plain && !IsOwnMachine(settings.GetValueOrDefault(ChannelFields.Host, "")) => new(path, "plain_only_here"),
            ChannelFields.From when !Mailbox().IsMatch(value) => new(path, "not_a_mailbox"),
            ChannelFields.To when Recipients(value) is var all && (all.Count is 0 or > MostRecipients || !all.All(Mailbox().IsMatch)) => new(path, "not_mailboxes", MostRecipients),
            _ => null,
        };
    }

    /// <summary>Several are divided by commas.</summary>
    public static IReadOnlyList<string> Recipients(string to) => to.Split([',', ';', '，', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Server and topic of an ntfy address; null when it is none.</summary>
    public static (Uri Server, string Topic)? NtfyTopic(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length + address.Query.Length + address.Fragment.Length == 0
        && Topic().IsMatch(address.Segments[^1])
            ? (new Uri(address, "."), address.Segments[^1])
            : null;

    private static Problem? OfUrl(ChannelKind kind, string value, string path)
    {
        if (kind == ChannelKind.Ntfy) return NtfyTopic(value) is null ? new(path, "not_a_topic") : null;
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length + url.Fragment.Length > 0) return new(path, "not_a_web_address");
        if (url.Scheme == "http" && !IsOwnMachine(url.Host)) return new(path, "https_only");
        var key = kind switch { ChannelKind.Dingtalk => "access_token=", ChannelKind.Wecom => "key=", _ => "" };
        return url.Query.Contains(key, StringComparison.Ordinal) ? null : new(path, "address_lacks", key);
    }

    private static bool IsOwnMachine(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    [GeneratedRegex("^[-_A-Za-z0-9]{1,64}$")]
    private static partial Regex Topic();

    // Stricter than the standard: what could end a line or a command of SMTP is no mailbox here.
    [GeneratedRegex(@"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?$")]
    private static partial Regex Mailbox();
}
