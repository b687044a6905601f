namespace QuantDash.Web.Configuration;

/// <summary>What this process is for: <c>QuantDash:Role</c>, or <c>--role</c>.</summary>
public enum ProcessRole
{
    /// <summary>Trades, serves the screen and takes queued work.</summary>
    All,

    /// <summary>Trades and serves the screen; heavy queued work is left to workers.</summary>
    Trader,

    /// <summary>Takes queued work from PostgreSQL and nothing else: no engine, no orders.</summary>
    Worker,

    /// <summary>Watches a trader's heartbeat from outside and calls when it stops.</summary>
    Watchdog,
}

public static class ProcessRoles
{
    private const string Key = QuantDashOptions.Section + ":" + nameof(QuantDashOptions.Role);

    /// <summary>As they are written in settings.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetNames<ProcessRole>().Select(name => name.ToLowerInvariant())];

    /// <summary>Whether a process of this role may become the one trader. The others have no engine.</summary>
    public static bool Trades(this ProcessRole role) => role is ProcessRole.All or ProcessRole.Trader;

    /// <summary>Null when it is none of <see cref="Names"/>.</summary>
    public static ProcessRole? Parse(string name)
        => Names.Contains(name, StringComparer.Ordinal) ? Enum.Parse<ProcessRole>(name, ignoreCase: true) : null;

    /// <summary>For registrations, which come before the options are validated. A wrong word counts as <see cref="ProcessRole.All"/> here: the start fails on it
    /// a moment later, with the words that it may be.</summary>
    public static ProcessRole Role(this IConfiguration configuration) => Parse(configuration[Key] ?? "") ?? ProcessRole.All;
}
