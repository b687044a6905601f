using System.Globalization;
using QuantDash.Tests.Recovery.Venue;
using QuantDash.Tests.Scenarios;

namespace QuantDash.Tests.Recovery;

/// <summary>RELIABILITY.md section 4, "books balance", for a storm of rules on one long leg: every rule fired once, what was filled is what is held and locked, and the audit
/// chain is whole. What only shows after a crash, that no trigger and no lot is left in between: <see cref="LockBooks"/>.</summary>
/// <param name="database">Where the books are.</param>
/// <param name="account">Name of the only account to look at; null: there is one.</param>
internal sealed class StormBooks(DatabaseView database, string? account = null)
{
    private const decimal Cent8 = 0.00000001m;
    private readonly string _own = account is null ? "1 = 1" : $"account_id in (select id from accounts where name = '{account}')";

    /// <summary>Locks, lots and triggers: they must agree at every moment, also in what a killed process left.</summary>
    public LockBooks Locks { get; } = new(database, account is null ? "1 = 1" : $"account_id in (select id from accounts where name = '{account}')");

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
        await Locks.TriggersShouldBeFinalAsync(because);
        await FillsShouldBeTheLegsAsync(locked, leg, because);
    }

    /// <summary>Deposits, results and fees of the ledger are what was paid in and what its trades say, to the eighth digit, on the disk as in the engine.</summary>
    public async Task CashShouldBeTheTradesAsync(TradingClient client, decimal deposits, string because)
    {
        var trades = await database.RowsAsync($"select commission, coalesce(realised_pnl, 0) from trades where {_own}");
        var (fees, realised) = (trades.Sum(row => Number(row[0])), trades.Sum(row => Number(row[1])));
        var ledger = (await database.RowsAsync($"select deposits, realised_pnl, fees from account_ledgers where {_own}")).ShouldHaveSingleItem(because);
        Number(ledger[0]).ShouldBe(deposits, Cent8, because);
        Number(ledger[1]).ShouldBe(realised, Cent8, because);
        Number(ledger[2]).ShouldBe(fees, Cent8, because);
        var funds = (await client.ItemsAsync("api/accounts")).Single(one => account is null || one["name"]!.GetValue<string>() == account)["funds"]!;
        (Told("deposits") + Told("realised_pnl") - Told("fees")).ShouldBe(deposits + realised - fees, Cent8, funds.ToJsonString() + because);

        decimal Told(string field) => funds[field]!.GetValue<decimal>();
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
        await Locks.LotsShouldHoldWhatIsLockedAsync(because);
    }

    /// <summary>For each client order id: what we say was filled is what the venue filled, trade by trade.</summary>
    public async Task ShouldAgreeWithAsync(ScriptedVenue venue, string because)
    {
        venue.Wrong.ShouldBeEmpty(because);
        var ours = (await database.RowsAsync($"select id, filled_volume from orders where filled_volume > 0 and {_own}")).ToDictionary(row => (string)row[0], row => Number(row[1]));
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

    private static decimal Number(object value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture);
}
