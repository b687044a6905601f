using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Recovery.Venue;

/// <summary>A running QuantDash: where programs find it, a client with every right, and its books.</summary>
internal sealed record Trader(Uri Address, TradingClient Client, DatabaseView Database)
{
    public static Trader Of(KestrelApp app) => new(app.Address, app.Client, app.Database);

    /// <summary>On SQLite.</summary>
    public static Trader Of(AppProcess app) => new(app.Address, TradingClient.Of(app), DatabaseView.OfSqlite(Path.Combine(app.DataDirectory, "quantdash.db")));
}
