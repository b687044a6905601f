namespace QuantDash.Web.Ui;

/// <summary>What the reader of a page may do beside looking: what is not allowed is not offered. Cascades from the frame; where it does not, nothing is allowed.</summary>
public sealed record Rights(bool Trade, bool Admin)
{
    public static Rights None { get; } = new(false, false);
}
