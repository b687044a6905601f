namespace QuantDash.Web.Security;

/// <summary>What a caller may do: claims of type <see cref="Claim"/>, given by roles to people and by keys to programs.</summary>
public static class Scopes
{
    public const string Claim = "scope";

    public const string Read = "read";
    public const string Trade = "trade";

    /// <summary>Push ticks, snapshots and reports.</summary>
    public const string Bridge = "bridge";
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Read, Trade, Bridge, Admin];

    /// <summary>The scope itself and those it includes: everything reads, admin does everything.</summary>
    public static IReadOnlyList<string> Implied(string scope) => scope switch
    {
        Admin => All,
        Trade => [Read, Trade],
        Bridge => [Read, Bridge],
        _ => [Read],
    };

    /// <summary>A trader also pushes files and ticks by hand; a viewer only looks.</summary>
    public static IReadOnlyList<string> OfRole(string role) => role switch
    {
        Roles.Admin => All,
        Roles.Trader => [Read, Trade, Bridge],
        _ => [Read],
    };
}
