using System.Globalization;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Recovery;

/// <summary>RELIABILITY.md A1 and A3: kill -9 at random moments while rules fire, start again, compare the books. QUANTDASH_KILLS=20 for the full number.</summary>
[Collection(OneAtATime.Name)]
public sealed class KillTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Symbol = "CZCE.TA2505";
    private const string Source = "storm";
    private const int RulesPerRound = 40;
    private const int Leg = 5_000;
    private const decimal Centre = 5000m;
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 2, 0, 0, TimeSpan.Zero);
    private static readonly int Kills = int.Parse(Requirements.Variable("QUANTDASH_KILLS") ?? "5", CultureInfo.InvariantCulture);

    private int _second;

    [Fact]
    public async Task Kill9_WhileRulesFire_OnSqlite_NothingIsLostAndNothingTwice()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        await StormAsync(app, DatabaseView.OfSqlite(Path.Combine(app.DataDirectory, "quantdash.db")));
    }

    [PostgresFact]
    public async Task Kill9_WhileRulesFire_OnPostgres_NothingIsLostAndNothingTwice()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings(postgres.ConnectionString));
        await StormAsync(app, new DatabaseView(postgres.ConnectionString));
    }

    private async Task StormAsync(AppProcess app, DatabaseView database)
    {
        var client = TradingClient.Of(app);
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await client.SourceAsync(Source, "ticks", always: true);
        await TickAsync(client, Centre);
        var account = await client.AccountAsync("storm", Source, 1_000_000_000m);
        await client.HoldAsync(account, Symbol, "long", Leg, Centre);

        var price = Centre;
        var levels = 0;
        for (var kill = 1; kill <= Kills; kill++)
        {
            var because = $"kill {kill} of {Kills}, seed {seed}\n{Tail(app.Log)}";
            for (var i = 1; i <= RulesPerRound; i++) await ArmAsync(client, account, price + (2 * i));
            levels += RulesPerRound;

            var top = price + (2 * RulesPerRound);
            var feeding = FeedAsync(client, price, price + (2 * RulesPerRound));
            await Task.Delay(random.Next(5, 250));
            app.Kill();
            await feeding;
            await app.StartAgainAsync();

            (await database.CountAsync($"select count(*) from lock_rule_states where state in ('armed', 'fired', 'done')")).ShouldBe(levels, because);
            await SettleAsync(client, top);
            await ShouldBalanceAsync(client, database, levels, because);
            price = top;
        }
    }

    /// <summary>The price climbs tick by tick, one rule a tick, until the process is gone.</summary>
    private async Task FeedAsync(TradingClient client, decimal from, decimal to)
    {
        try
        {
            for (var price = from; price <= to; price += 2) await TickAsync(client, price);
        }
        catch (HttpRequestException)
        {
            // Killed: what was not answered may or may not have happened, which is the point.
        }
    }

    /// <summary>The feed comes back and goes on to the top, where every rule of this round has been passed.</summary>
    private async Task SettleAsync(TradingClient client, decimal top)
    {
        for (var i = 0; i < 3; i++) await TickAsync(client, top);
        await TradingClient.EventuallyAsync(
            () => client.TriggersAsync(),
            found => found.All(trigger => trigger["execution_status"]!.GetValue<string>() is not ("pending" or "executing")));
    }

    private static async Task ShouldBalanceAsync(TradingClient client, DatabaseView database, int levels, string because)
    {
        because += "\n" + string.Join("\n", (await database.RowsAsync(
            "select execution_status, count(*), max(error_message) from lock_triggers group by execution_status")).Select(row => string.Join(' ', row)));
        (await database.CountAsync("select count(*) from lock_triggers where execution_status = 'executed'")).ShouldBe(levels, "nothing lost: " + because);
        (await database.CountAsync("select count(distinct config_id) from lock_triggers where execution_status = 'executed'")).ShouldBe(levels, "nothing twice: " + because);
        (await database.CountAsync("select count(*) from lock_executions")).ShouldBe(levels, "one execution a trigger: " + because);
        (await database.CountAsync("select count(*) from lock_rule_states where state = 'done'")).ShouldBe(levels, because);
        (await database.SumAsync("select sum(volume) from trades")).ShouldBe(levels, "every fill once: " + because);
        (await database.CountAsync("select count(distinct trade_id) from trades")).ShouldBe(await database.CountAsync("select count(*) from trades"), because);
        (await database.SumAsync("select sum(filled_volume) from orders")).ShouldBe(levels, because);
        (await database.CountAsync("select count(*) from orders where status not in ('filled', 'cancelled', 'rejected')")).ShouldBe(0, because);
        (await database.SumAsync("select sum(volume) from lots where side = 'short'")).ShouldBe(levels, "position = sum of fills: " + because);
        (await database.SumAsync("select sum(volume) from lots where side = 'long'")).ShouldBe(Leg, because);
        (await database.SumAsync("select sum(volume) from locks where status = 'active'")).ShouldBe(levels, because);
        (await database.CountAsync("select count(*) from audit_logs where action = 'trigger.executed'")).ShouldBe(levels, "every one is on record: " + because);
        var audit = await client.GetAsync("api/audit/verify");
        audit["is_whole"]!.GetValue<bool>().ShouldBeTrue($"{audit.ToJsonString()} {because}");
        var charged = await database.SumAsync("select sum(commission) from trades");
        var account = (await client.ItemsAsync("api/accounts")).ShouldHaveSingleItem();
        var ledger = (await database.RowsAsync("select deposits, fees, realised_pnl from account_ledgers")).ShouldHaveSingleItem();
        Convert.ToDecimal(ledger[1], CultureInfo.InvariantCulture).ShouldBe(charged, $"cash: {account.ToJsonString()} {because}");
    }

    private static Task<string> ArmAsync(TradingClient client, string account, decimal level) => client.RuleAsync(new()
    {
        ["account_id"] = account,
        ["symbol"] = Symbol,
        ["direction"] = "long",
        ["trigger_type"] = "price",
        ["trigger_price"] = level,
        ["profit_lock_ratio"] = 1m / Leg,
        ["auto_execute"] = true,
    });

    private async Task TickAsync(TradingClient client, decimal price) => await client.TicksAsync(Source,
    [
        new()
        {
            ["symbol"] = Symbol,
            ["timestamp"] = Start.AddMilliseconds(500 * ++_second).ToString("O", CultureInfo.InvariantCulture),
            ["last_price"] = price,
            ["bid_price"] = price - 2,
            ["bid_volume"] = 10_000,
            ["ask_price"] = price + 2,
            ["ask_volume"] = 10_000,
        },
    ]);

    private static string Tail(string log) => log.Length > 3000 ? log[^3000..] : log;
}
