namespace QuantDash.Web.Security;

/// <summary>Roles of people. Each may do what the one before it may.</summary>
public static class Roles
{
    public const string Viewer = "viewer";
    public const string Trader = "trader";
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Viewer, Trader, Admin];
}
