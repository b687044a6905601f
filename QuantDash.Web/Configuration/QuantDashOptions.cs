namespace QuantDash.Web.Configuration;

/// <summary>The `QuantDash` section of appsettings.json, where each option is explained.</summary>
public sealed class QuantDashOptions
{
    public const string Section = "QuantDash";
    public const int MostFreeMegabytes = 1024 * 1024;

    /// <summary>Absolute once bound.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>One of <see cref="ProcessRoles.Names"/>.</summary>
    public string Role { get; set; } = "all";

    /// <summary><see cref="Role"/>, once it is validated.</summary>
    public ProcessRole RunsAs => ProcessRoles.Parse(Role) ?? ProcessRole.All;

    /// <summary>Whether this process has an engine: it is the one trader, or stands by to be.</summary>
    public bool IsTrader => RunsAs.Trades();

    /// <summary>Null: offered at first start; true: started without asking; false: never.</summary>
    public bool? Demo { get; set; }

    /// <summary>Where a phone reaches QuantDash from outside, e.g. <c>https://dash.example.com</c>; empty: messages carry no links.</summary>
    public string PublicUrl { get; set; } = "";

    public AuthOptions Auth { get; set; } = new();

    public NotificationOptions Notifications { get; set; } = new();

    public BackupOptions Backup { get; set; } = new();

    public TickOptions Ticks { get; set; } = new();

    /// <summary>The disk of the data directory should have so much room, up to <see cref="MostFreeMegabytes"/>; 0: nobody looks.</summary>
    public int LeastFreeMegabytes { get; set; } = 1024;

    public TelemetryOptions Telemetry { get; set; } = new();

    public WatchdogOptions Watchdog { get; set; } = new();

    public OrderOptions Orders { get; set; } = new();

    public StreamOptions Streams { get; set; } = new();

    public LimitOptions Limits { get; set; } = new();

    public StrategyOptions Strategies { get; set; } = new();

    /// <summary>Ends with a slash, so that paths are put behind it; null when there is none, or it is no address of a web server.</summary>
    public Uri? PublicAddress =>
        Uri.TryCreate(PublicUrl.TrimEnd('/') + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        && url.UserInfo.Length + url.Query.Length + url.Fragment.Length == 0
            ? url
            : null;
}

public sealed class BackupOptions
{
    public const int LongestHours = 24 * 31;
    public const int MostKept = 1000;

    /// <summary>Hours between two backups, 1 to <see cref="LongestHours"/>; 0: none by itself.</summary>
    public int EveryHours { get; set; } = 24;

    /// <summary>How many of each reason are kept, 1 to <see cref="MostKept"/>.</summary>
    public int Keep { get; set; } = 14;

    public IEnumerable<string> Mistakes()
    {
        if (EveryHours is < 0 or > LongestHours) yield return $"QuantDash:Backup:EveryHours is {EveryHours}: use 1 to {LongestHours}, or 0 for none";
        if (Keep is < 1 or > MostKept) yield return $"QuantDash:Backup:Keep is {Keep}: use 1 to {MostKept}";
    }
}

public sealed class TickOptions
{
    public const int LongestDays = 36_500;

    /// <summary>Days that stored ticks are kept after they were recorded or imported, 1 to <see cref="LongestDays"/>; 0: for ever.</summary>
    public int KeepDays { get; set; }

    public IEnumerable<string> Mistakes()
    {
        if (KeepDays is < 0 or > LongestDays) yield return $"QuantDash:Ticks:KeepDays is {KeepDays}: use 1 to {LongestDays}, or 0 to keep them";
    }
}

public sealed class AuthOptions
{
    public string? AdminPassword { get; set; }

    public string? BootstrapApiKey { get; set; }
}
