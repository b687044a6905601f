using System.Globalization;
using QuantDash.Tests.Recovery.Venue;
using QuantDash.Tests.Scenarios;

namespace QuantDash.Tests.Recovery;

/// <summary>RELIABILITY.md section 4, "books balance", for a storm of rules on one long leg: every rule fired once, what was filled is what is held and locked, and the audit
/// chain is whole.</summary>
/// <param name="database">Where the books are.</param>
/// <param name="account">Name of the only account to look at; null: there is one.</param>
internal sealed class StormBooks(DatabaseView database, string? account = null)
{
    private readonly string _own = account is null ? "1 = 1" : $"account_id in (select id from accounts where name = '{account}')";

    /// <param name="rules">How many have fired.</param>
    /// <param name="locked">Lots they locked together.</param>
    /// <param name="leg">Lots of the leg.</param>
    /// <param name="because">What was done to it.</param>
    public async Task ShouldBalanceAsync(int rules, decimal locked, decimal leg, string because)
    {
        because += "\n" + string.Join("\n", (await database.RowsAsync(
            $"select execution_status, count(*), max(error_message) from lock_triggers where {_own} group by execution_status")).Select(row => string.Join(' ', row)));
        (await CountAsync("lock_triggers", "count(*)", "execution_status = 'executed'")).ShouldBe(rules, "nothing lost: " + because);
        (await CountAsync("lock_triggers", "count(distinct config_id)", "execution_status = 'executed'")).ShouldBe(rules, "nothing twice: " + because);
        (await database.CountAsync($"select count(*) from lock_rule_states where state = 'done' and rule_id in (select id from lock_configs where {_own})")).ShouldBe(rules, because);
        (await SumAsync("lock_executions", "lock_volume")).ShouldBe(locked, because);
        (await SumAsync("locks", "volume", "status = 'active'")).ShouldBe(locked, because);
        await FillsShouldBeTheLegsAsync(locked, leg, because);
    }

    /// <summary>Orders, trades and lots of the account tell the same: with or without rules.</summary>
    public async Task FillsShouldBeTheLegsAsync(decimal shorts, decimal longs, string because)
    {
        (await CountAsync("orders", "count(*)", "status not in ('filled', 'cancelled', 'rejected')")).ShouldBe(0, because);
        (await SumAsync("orders", "filled_volume")).ShouldBe(shorts, because);
        (await SumAsync("trades", "volume")).ShouldBe(shorts, "every fill once: " + because);
        (await CountAsync("trades", "count(distinct trade_id)")).ShouldBe(await CountAsync("trades", "count(*)"), because);
        (await SumAsync("lots", "volume", "side = 'short'")).ShouldBe(shorts, "position = sum of fills: " + because);
        (await SumAsync("lots", "volume", "side = 'long'")).ShouldBe(longs, because);
    }

    /// <summary>For each client order id: what we say was filled is what the venue filled, trade by trade.</summary>
    public async Task ShouldAgreeWithAsync(ScriptedVenue venue, string because)
    {
        venue.Wrong.ShouldBeEmpty(because);
        var ours = (await database.RowsAsync($"select id, filled_volume from orders where filled_volume > 0 and {_own}")).ToDictionary(row => (string)row[0], row => Convert.ToDecimal(row[1], CultureInfo.InvariantCulture));
        var theirs = venue.Orders.Where(order => order.Filled > 0).ToDictionary(order => order.Id, order => order.Filled);
        ours.ShouldBe(theirs, ignoreOrder: true, because);
        (await database.ColumnAsync($"select trade_id from trades where {_own}")).Order().ShouldBe(venue.Day.Select(trade => trade.TradeId).Order(), because);
        (await SumAsync("lots", "volume", "side = 'short'")).ShouldBe(venue.Short, because);
    }

    /// <summary>Nothing is under way any more, and all that the venue filled is booked.</summary>
    public async Task<bool> AreSettledAsync(int rules, ScriptedVenue venue) =>
        await CountAsync("lock_triggers", "count(*)", "execution_status = 'executed'") >= rules
        && await CountAsync("orders", "count(*)", "status not in ('filled', 'cancelled', 'rejected')") == 0
        && await SumAsync("trades", "volume") >= venue.Short;

    public static async Task AuditShouldBeWholeAsync(TradingClient client, string because)
    {
        var audit = await client.GetAsync("api/audit/verify");
        audit["is_whole"]!.GetValue<bool>().ShouldBeTrue($"{audit.ToJsonString()} {because}");
    }

    public Task<long> CountAsync(string table, string what, string where = "1 = 1") => database.CountAsync($"select {what} from {table} where {where} and {_own}");

    public Task<decimal> SumAsync(string table, string column, string where = "1 = 1") => database.SumAsync($"select coalesce(sum({column}), 0) from {table} where {where} and {_own}");
}
