namespace QuantDash.Web.Ui.Glossary;

/// <summary>Every term that is explained, in the order of the glossary's page. Its name is <c>Term.x</c> and its explanation <c>Text.x</c> of <see cref="GlossaryText"/>.</summary>
public static class GlossaryTerms
{
    /// <summary>The term of a name such as <c>MaxDrawdown</c>; null when it is not explained here.</summary>
    public static string? Of(string name)
    {
        var term = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
        return Groups.Any(group => group.Terms.Contains(term)) ? term : null;
    }

    public static IReadOnlyList<GlossaryGroup> Groups { get; } =
    [
        new("Money", ["equity", "static_equity", "available", "margin", "frozen", "risk_ratio", "single_side", "fees"]),
        new("Profit", ["by_day", "by_trade", "floating_pnl", "holding_pnl", "closed_pnl", "frozen_pnl", "settlement_price", "basis"]),
        new("Positions", ["symbol", "lot", "multiplier", "today_lots", "offset", "mfe_mae", "price_limit", "delivery", "main_contract"]),
        new("Locks", ["lock", "unlock", "lock_rule", "lock_trigger", "lockable_volume", "protect_ticks", "shadow", "emergency_stop", "stale"]),
        new("Statistics", ["sharpe", "sortino", "max_drawdown", "calmar", "profit_factor", "win_rate", "exposure", "r_multiple", "slippage"]),
    ];
}

/// <param name="Name">Its words are <c>Group.x</c>.</param>
/// <param name="Terms">Keys.</param>
public sealed record GlossaryGroup(string Name, IReadOnlyList<string> Terms);
