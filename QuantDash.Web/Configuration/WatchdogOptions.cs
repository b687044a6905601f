namespace QuantDash.Web.Configuration;

/// <summary>The section <c>QuantDash:Watchdog</c>: what a process with the role <c>watchdog</c> watches, and whether a trader expects one.</summary>
public sealed class WatchdogOptions
{
    /// <summary>The header in which a watchdog says its name to the trader it asks.</summary>
    public const string Header = "X-QuantDash-Watchdog";

    public const int LongestPace = 60;
    public const int LongestSilence = 3600;
    public const int LongestRepeat = 1440;

    /// <summary>Addresses of the trader and of those that stand by for it, with blanks between them: one that is ready is enough.</summary>
    public string Traders { get; set; } = "http://localhost:8888";

    /// <summary>What the trader calls it.</summary>
    public string Name { get; set; } = "watchdog";

    /// <summary>Seconds from one question to the next, 1 to <see cref="LongestPace"/>.</summary>
    public int EverySeconds { get; set; } = 5;

    /// <summary>How long nobody may be ready before somebody is woken, 1 to <see cref="LongestSilence"/>.</summary>
    public int SilentSeconds { get; set; } = 20;

    /// <summary>Minutes until it calls again while it lasts, 1 to <see cref="LongestRepeat"/>.</summary>
    public int RepeatMinutes { get; set; } = 5;

    /// <summary>On the trader: how long a watchdog may be silent, up to <see cref="LongestSilence"/>; 0: none is expected.</summary>
    public int ExpectedSeconds { get; set; }

    /// <summary>Each ends with a slash; null when one of them is no address of a web server.</summary>
    public IReadOnlyList<Uri>? Addresses
    {
        get
        {
            var all = Traders.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url) ? url : null).ToList();
            return all.Count > 0 && all.TrueForAll(url => url is { Scheme: "http" or "https", UserInfo: "", Query: "" }) ? [.. all.Select(url => url!)] : null;
        }
    }

    public IEnumerable<string> Mistakes()
    {
        if (Addresses is null) yield return $"QuantDash:Watchdog:Traders is '{Traders}': write addresses such as http://localhost:8888, with blanks between them";
        if (Name.Length is 0 or > 64 || Name.Any(c => c is <= ' ' or > '~')) yield return "QuantDash:Watchdog:Name is not 1 to 64 letters without blanks";
        if (EverySeconds is < 1 or > LongestPace) yield return $"QuantDash:Watchdog:EverySeconds is {EverySeconds}: use 1 to {LongestPace}";
        if (SilentSeconds is < 1 or > LongestSilence) yield return $"QuantDash:Watchdog:SilentSeconds is {SilentSeconds}: use 1 to {LongestSilence}";
        if (RepeatMinutes is < 1 or > LongestRepeat) yield return $"QuantDash:Watchdog:RepeatMinutes is {RepeatMinutes}: use 1 to {LongestRepeat}";
        if (ExpectedSeconds is < 0 or > LongestSilence) yield return $"QuantDash:Watchdog:ExpectedSeconds is {ExpectedSeconds}: use 1 to {LongestSilence}, or 0 for none";
    }
}
