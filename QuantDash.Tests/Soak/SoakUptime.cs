using System.Globalization;
using QuantDash.Tests.Web.Observability;

namespace QuantDash.Tests.Soak;

/// <summary>The share of the soak in which the feed was live and the page connected, as the program itself counts and exports it.</summary>
/// <param name="Feed">Of the time in session; null: none.</param>
/// <param name="Page">Of the time that pages were open; null: none.</param>
internal sealed record SoakUptime(double? Feed, double? Page)
{
    private const double Least = 0.99;

    public bool Holds => Feed > Least && Page > Least;

    public static SoakUptime Of(Scrape scrape) => new(
        Share(scrape, $"quantdash_feed_live_seconds_total{{source=\"{SoakFeed.Source}\"}}", $"quantdash_feed_session_seconds_total{{source=\"{SoakFeed.Source}\"}}"),
        Share(scrape, "quantdash_browser_connected_seconds_total", "quantdash_browser_open_seconds_total"));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"uptime: feed {Feed:P2}, page {Page:P2}; limit over {Least:P0}: {(Holds ? "holds" : "DOES NOT HOLD")}");

    private static double? Share(Scrape scrape, string part, string whole) => scrape[whole] is > 0 and var all ? scrape[part] / all : null;
}
