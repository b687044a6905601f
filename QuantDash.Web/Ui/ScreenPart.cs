namespace QuantDash.Web.Ui;

/// <summary>A part that one feature lends to a page of another: the shell brings them together, neither knows the other.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Component">It takes no parameters.</param>
public sealed record ScreenPart(string Place, Type Component)
{
    /// <summary>Working and held orders of the chosen account, above the history of all orders.</summary>
    public const string LiveOrders = "live-orders";

    /// <summary>Below the accounts and venues of the settings.</summary>
    public const string AccountSettings = "account-settings";
}
