using System.Text.Json.Nodes;

namespace QuantDash.Tests.Scenarios;

/// <summary>Seven lots a side, four conditions: the rules of the issue "walking skeleton", each on an account of its own.</summary>
internal static class IndexFutureRules
{
    private static readonly string[] Sides = ["long", "short"];
    private static readonly string[] Conditions = ["price", "profit", "trailing", "stop"];

    public static readonly Dictionary<string, (string Time, decimal Price)> Expected20210104 = new()
    {
        ["long price"] = ("11:05:14.400", 5245.8m),
        ["long profit"] = ("11:05:14.400", 5245.8m),
        ["long trailing"] = ("09:31:53.900", 5222.0m),
        ["long stop"] = ("09:33:07.400", 5210.6m),
        ["short price"] = ("09:33:03.400", 5215.8m),
        ["short profit"] = ("09:33:03.400", 5215.8m),
        ["short trailing"] = ("09:35:26.400", 5204.4m),
        ["short stop"] = ("11:07:17.400", 5250.8m),
    };

    /// <returns>Accounts by rule, such as "long trailing".</returns>
    public static async Task<Dictionary<string, string>> ArmAsync(TradingClient client, string source, decimal opened)
    {
        var accounts = new Dictionary<string, string>();
        foreach (var (side, condition) in Sides.SelectMany(side => Conditions.Select(condition => (side, condition))))
        {
            var account = await client.AccountAsync($"{side} {condition}", source);
            await client.HoldAsync(account, IndexFutures.Symbol, side, 7, opened);
            await client.RuleAsync(Rule(account, side, condition, opened));
            accounts.Add($"{side} {condition}", account);
        }
        return accounts;
    }

    private static JsonObject Rule(string account, string side, string condition, decimal opened)
    {
        var sign = side == "long" ? 1 : -1;
        var rule = new JsonObject { ["account_id"] = account, ["symbol"] = IndexFutures.Symbol, ["direction"] = side, ["auto_execute"] = true };
        rule["trigger_type"] = condition == "stop" ? "price" : condition;
        switch (condition)
        {
            case "price": rule["trigger_price"] = opened + (15 * sign); break;
            case "profit": (rule["profit_lock_enabled"], rule["profit_lock_threshold"]) = (true, 15 * 7 * 300); break;
            case "trailing": (rule["trailing_stop"], rule["trailing_distance"]) = (true, 12); break;
            default: rule["stop_loss_price"] = opened - (20 * sign); break;
        }
        return rule;
    }
}
