using QuantDash.Core.Orders;

namespace QuantDash.Web.Configuration;

/// <summary>The section <c>QuantDash:Orders</c>: what an account is held to until somebody sets its limits.</summary>
public sealed class OrderOptions
{
    /// <summary>The same order given again by a person within this time is taken for a second click; 0: never.</summary>
    public int DuplicateSeconds { get; set; } = 2;

    /// <summary>Orders a second of one account; 0: no limit.</summary>
    public int PerSecond { get; set; } = 50;

    /// <summary>At most one strategy runs at a time.</summary>
    public bool OneStrategyAtATime { get; set; }

    public IEnumerable<string> Mistakes()
    {
        var longest = (int)RiskLimits.LongestWindow.TotalSeconds;
        if (DuplicateSeconds < 0 || DuplicateSeconds > longest) yield return $"QuantDash:Orders:DuplicateSeconds is {DuplicateSeconds}: use 1 to {longest}, or 0 for never";
        if (PerSecond is < 0 or > RiskLimits.MostCount) yield return $"QuantDash:Orders:PerSecond is {PerSecond}: use 1 to {RiskLimits.MostCount}, or 0 for no limit";
    }
}
