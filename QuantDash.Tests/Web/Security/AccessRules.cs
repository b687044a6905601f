using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Security;

/// <summary>Who may what: the written table that <see cref="AuthorizationMatrixTests"/> holds the routing table to. A new address needs a line here.</summary>
internal static class AccessRules
{
    private const string Any = "*";

    /// <summary>The scopes that are needed, all of them; null: open to everybody. The longest beginning that fits decides, one with a method before one without.</summary>
    private static readonly (string Method, string Beginning, string? Needs)[] Table =
    [
        // What must work before anybody is signed in, and tells nothing of money.
        (Any, "/sign-in", null), (Any, "/sign-out", null), (Any, "/setup", null), ("GET", "/health", null), ("GET", "/display/language/{culture}", null), ("GET", "/manifest.webmanifest", null),
        // One confirmation of one trigger: whoever holds the link.
        (Any, "/confirm/", null),

        // Pages. Whoever may look sees them all, but those of administration.
        (Any, "/", "read"), (Any, "/market", "read"), (Any, "/positions", "read"), (Any, "/orders", "read"), (Any, "/trades", "read"), (Any, "/protection", "read"),
        (Any, "/reconciliation", "read"), (Any, "/lock", "read"), (Any, "/lock/distance", "read"), (Any, "/lock/rehearsal", "read"), (Any, "/lock/backtest", "read"), (Any, "/lock/history", "read"), (Any, "/lock/report", "read"), (Any, "/bridge", "read"),
        (Any, "/strategy", "read"), (Any, "/strategy/{Id:guid}", "read"),
        (Any, "/system", "read"), (Any, "/system/diagnosis", "read"), (Any, "/system/ticks", "read"), (Any, "/system/data", "read"), (Any, "/system/replay", "read"), (Any, "/system/audit", "read"), (Any, "/audit", "read"),
        (Any, "/system/jobs", "read"), (Any, "/jobs", "read"),
        (Any, "/account", "read"), (Any, "/account/cash", "read"), (Any, "/account/settlements", "read"),
        (Any, "/settings", "read"), (Any, "/settings/security", "read"), (Any, "/settings/notifications", "read"), (Any, "/settings/appearance", "read"), (Any, "/help/glossary", "read"), (Any, "/settings/people", "admin"), (Any, "/settings/accounts", "admin"), (Any, "/settings/keys", "admin"),
        (Any, "/_blazor", "read"),

        // For programs.
        ("GET", "/openapi/", "read"), ("GET", "/metrics", "read"),
        (Any, "/api/keys", "admin"), (Any, "/api/users", "admin"), (Any, "/api/sessions", "admin"), ("POST", "/api/session/confirm", "read"), (Any, "/api/backups", "admin"), (Any, "/api/services", "admin"), (Any, "/api/jobs", "admin"),
        ("GET", "/api/audit", "read"), ("GET", "/api/audit/verify", "admin"),
        ("GET", "/api/accounts", "read"), ("POST", "/api/accounts", "trade"), ("PUT", "/api/accounts", "admin"), ("POST", "/api/accounts/{id}/close", "admin"), ("POST", "/api/accounts/{id}/reopen", "admin"), ("GET", "/api/demo", "read"), ("PUT", "/api/demo", "admin"), ("GET", "/api/equity", "read"), ("GET", "/api/cash_flow", "read"), ("POST", "/api/cash_flow", "trade"),
        ("GET", "/api/risk_limits", "read"), ("PUT", "/api/risk_limits", "admin"), (Any, "/settings/limits", "read"),
        ("GET", "/api/performance", "read"), ("GET", "/api/daily_results", "read"), ("GET", "/api/settlements", "read"), ("POST", "/api/settlements/import", "trade"),
        ("GET", "/api/exchange_rates", "read"), ("POST", "/api/exchange_rates", "trade"), ("DELETE", "/api/exchange_rates", "trade"),
        ("GET", "/api/instruments", "read"), ("POST", "/api/instruments/import", "trade"), ("GET", "/api/calendars", "read"), ("POST", "/api/calendars/import", "trade"), ("GET", "/api/sources", "read"), ("POST", "/api/sources", "trade"),
        ("GET", "/api/main_contracts", "read"), ("POST", "/api/main_contracts", "trade"), ("GET", "/api/subscriptions", "read"),
        ("GET", "/api/strategy_definitions", "read"), ("GET", "/api/strategies", "read"), ("POST", "/api/strategies", "trade"), ("PUT", "/api/strategies", "trade"), ("DELETE", "/api/strategies", "trade"),
        ("GET", "/api/alerts", "read"), ("POST", "/api/alerts", "trade"), ("PUT", "/api/alerts", "trade"), ("DELETE", "/api/alerts", "trade"),
        ("POST", "/api/ticks", "bridge"), ("GET", "/api/ticks/imports", "read"), ("GET", "/api/ticks/days", "read"), ("POST", "/api/ticks/import", "bridge"),
        ("GET", "/api/bars", "read"), ("POST", "/api/bars", "trade"), ("DELETE", "/api/bars", "trade"),
        ("GET", "/api/replays", "read"), ("POST", "/api/replays", "trade"),
        (Any, "/backtests", "read"), (Any, "/backtests/compare", "read"), (Any, "/backtests/{Id:guid}", "read"),
        ("GET", "/api/backtests", "read"), ("POST", "/api/backtests", "trade"), ("DELETE", "/api/backtests", "trade"),
        ("GET", "/api/positions", "read"), ("POST", "/api/position_snapshots", "bridge"), ("GET", "/api/protection", "read"),
        ("GET", "/api/lock", "read"), ("POST", "/api/lock", "trade"), ("PUT", "/api/lock", "trade"), ("DELETE", "/api/lock", "trade"),
        ("GET", "/api/orders", "read"), ("POST", "/api/orders", "trade"), ("GET", "/api/orders/{id}", "read"), ("GET", "/api/trades", "read"), ("POST", "/api/trades", "bridge"),
        ("POST", "/api/lock/preview", "read"), ("POST", "/api/lock/rehearsal", "read"), ("POST", "/api/lock/backtest", "read"), ("POST", "/api/lock/unlock/preview", "read"),
        ("GET", "/api/held_orders", "read"), ("POST", "/api/held_orders", "trade"), ("DELETE", "/api/held_orders", "trade"),
        ("POST", "/api/emergency/", "trade"),
        ("GET", "/api/reconciliation", "read"), ("POST", "/api/reconciliation", "trade"),
        (Any, "/api/bridge/", "bridge"), ("POST", "/api/bridge/{account_id}/orders/{client_order_id}/settle", "trade bridge"), (Any, "/ws/bridge/", "bridge"), ("POST", "/api/account_snapshots", "bridge"),
        ("POST", "/api/test-notification", "trade"),
        ("GET", "/api/notification_settings", "read"), ("PUT", "/api/notification_settings", "trade"),
        ("GET", "/api/notification_channels", "read"), (Any, "/api/notification_channels", "admin"), ("POST", "/api/notification_channels/{id:guid}/test", "trade"),
        (Any, "/ws/market/", "read"), (Any, "/ws/alerts", "read"), (Any, "/hubs/live", "read"), (Any, "/hubs/live/", "read"),
    ];

    /// <summary>False: no line says who may use that address.</summary>
    public static bool TryFind(MappedAddress route, out IReadOnlyList<string>? needs)
    {
        var line = Table.Where(line => line.Method is Any || line.Method == route.Method)
            .Where(line => Fits(line.Beginning, route.Pattern))
            .OrderByDescending(line => line.Beginning.Length).ThenBy(line => line.Method == Any)
            .FirstOrDefault();
        needs = line.Needs?.Split(' ');
        return line.Beginning is not null;
    }

    // A beginning ends where a word ends; a page has no pages below it unless they are written.
    private static bool Fits(string beginning, string pattern)
    {
        if (pattern == beginning) return true;
        if (!pattern.StartsWith("/api", StringComparison.Ordinal) && !beginning.EndsWith('/') && beginning is not ("/sign-in" or "/health" or "/_blazor")) return false;
        return beginning.Length > 1 && pattern.StartsWith(beginning, StringComparison.Ordinal) && (beginning.EndsWith('/') || pattern[beginning.Length] is '/' or 's' or '.');
    }
}
