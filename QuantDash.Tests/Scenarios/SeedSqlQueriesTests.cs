using QuantDash.Tests.Support;

namespace QuantDash.Tests.Scenarios;

/// <summary>Every SELECT of the guide, run unchanged on a real PostgreSQL beside the running application, answers with the rows that the trader would expect.</summary>
public sealed class SeedSqlQueriesTests(SeedDesk desk) : IClassFixture<SeedDesk>
{
    private const string Vinyl = "DCE.v2505";
    private SeedBook _book = null!;

    [PostgresFact]
    public async Task Queries_OfTheGuide_ShowTheRulesTheirFiringsAndTheirPositions()
    {
        _book = await desk.BookAsync();
        var (executed, failed) = await _book.OneFailsAsync();
        await _book.TickAsync(2900, Vinyl);
        await _book.HoldAsync("short", 5, 2950, Vinyl);
        await _book.RuleAsync("""{"trigger_type": "profit", "profit_lock_enabled": true, "profit_lock_threshold": 10000, "profit_lock_ratio": 0.8}""", "short", Vinyl);
        await _book.TickAsync(2898, Vinyl);

        await TriggersAsync(Guid.Parse(executed["id"]!.GetValue<string>()), Guid.Parse(failed["id"]!.GetValue<string>()));
        await RulesAsync();
        await PositionsAsync();
        await HealthAsync();
    }

    private async Task TriggersAsync(Guid executed, Guid failed)
    {
        const string why = "持仓不足: 当前long仓: 10手, 需要锁定: 10手 (可锁: 0手)";
        var lost = (await RowsAsync(SeedStatements.FailedTriggers, 1)).ShouldHaveSingleItem();
        (lost["id"], lost["symbol"], lost["direction"], lost["trigger_condition"], lost["execution_status"], lost["error_message"])
            .ShouldBe((failed, SeedBook.Pta, "long", "价格达到目标: 3800 >= 3800", "failed", why));

        var summary = (await RowsAsync(SeedStatements.TriggerSummary, 2)).ToDictionary(row => row["id"]!);
        // Sold at the bid of 3798: 98 points × 10 lots × 5.
        (summary[executed]["locked_profit"], summary[executed]["lock_price"], summary[executed]["filled_volume"]).ShouldBe((4900m, 3798m, 10m));
        (summary[failed]["error_message"], summary[failed]["locked_profit"], summary[failed]["account_name"]).ShouldBe((why, null, "seed-1"));

        var ofAccount = await RowsAsync(SeedStatements.TriggersOfAccount, 2);
        ofAccount.Select(row => (row["symbol"], row["lock_volume"], row["execution_status"])).ShouldBe([(SeedBook.Pta, 10m, "executed"), (SeedBook.Pta, 10m, "failed")], ignoreOrder: true);
        (await RowsAsync(SeedStatements.NewestTriggers, 2)).Select(row => row["id"]).ShouldBe([executed, failed], ignoreOrder: true);
        (await RowsAsync(SeedStatements.NewestTriggersWithReasons, 2)).Select(row => (row["trigger_type"], row["error_message"])).ShouldBe([("price", null), ("price", why)], ignoreOrder: true);

        var latest = (await RowsAsync(SeedStatements.LatestTrigger, 1)).ShouldHaveSingleItem();
        ((DateTime)latest["last_trigger"]!).ShouldBe(new(2025, 3, 3, 3, 0, 2, DateTimeKind.Utc), "the deciding tick's clock");
        ((TimeSpan)latest["time_since_last"]!).ShouldBeGreaterThan(TimeSpan.Zero);
    }

    private async Task RulesAsync()
    {
        var enabled = await RowsAsync(SeedStatements.EnabledRules, 3);
        enabled.Count(row => row["trigger_type"] is "price" && row["trigger_price"] is 3800m && row["auto_execute"] is true && row["stop_loss_price"] is null).ShouldBe(2);
        var profit = enabled.Single(row => row["trigger_type"] is "profit");
        (profit["symbol"], profit["direction"], profit["profit_lock_threshold"], profit["profit_lock_enabled"], profit["auto_execute"]).ShouldBe((Vinyl, "short", 10000m, true, false));
        (await RowsAsync(SeedStatements.RatiosOfAccount, 3)).Select(row => row["profit_lock_ratio"]).ShouldBe([1m, 1m, 0.8m], ignoreOrder: true);
        (await RowsAsync(SeedStatements.CountOfActiveRules, 1))[0].Values.ShouldHaveSingleItem().ShouldBe(3L);
    }

    /// <summary>They lag the engine by at most a second.</summary>
    private async Task PositionsAsync()
    {
        var active = await TradingClient.EventuallyAsync(
            () => RowsAsync(SeedStatements.ActiveRulesWithPositions, 3), rows => rows.Exists(row => row["last_price"] is 2898m) && rows.Exists(row => row["last_price"] is 3800m));
        var pta = active.Where(row => row["symbol"] is SeedBook.Pta).ToList();
        pta.Count.ShouldBe(2);
        pta.ShouldAllBe(row => (decimal)row["current_position"]! == 10 && (decimal)row["current_profit"]! == 5000 && (decimal)row["last_price"]! == 3800);
        var vinyl = active.Single(row => row["symbol"] is Vinyl);
        (vinyl["direction"], vinyl["current_position"], vinyl["current_profit"], vinyl["last_price"], vinyl["profit_lock_threshold"], vinyl["trigger_price"])
            .ShouldBe(("short", 5m, 1300m, 2898m, 10000m, null));
        (await RowsAsync(SeedStatements.ActiveRules, 3)).ShouldAllBe(row => row.ContainsKey("trailing_distance") && row["arm_state"] is string);

        var beside = (await RowsAsync(SeedStatements.RulesBesidePositions, 3)).Single(row => row["symbol"] is Vinyl);
        (beside["short_profit"], beside["short_position"], beside["long_position"]).ShouldBe((1300m, 5m, 0m));
        var held = (await RowsAsync(SeedStatements.Positions, 2)).ToDictionary(row => (string)row["symbol"]!);
        (held[SeedBook.Pta]["direction"], held[SeedBook.Pta]["long_position"], held[SeedBook.Pta]["short_position"], held[SeedBook.Pta]["is_long_locked"]).ShouldBe(("both", 10m, 10m, true));
        (held[Vinyl]["direction"], held[Vinyl]["short_position"], held[Vinyl]["is_short_locked"]).ShouldBe(("short", 5m, false));
    }

    private async Task HealthAsync()
    {
        var status = await TradingClient.EventuallyAsync(() => desk.RowsAsync(SeedStatements.ServiceStatus), rows => rows.Count == 1 && rows[0]["state"] is "running");
        status.ShouldHaveSingleItem()["state"].ShouldBe("running");
        (await RowsAsync(SeedStatements.One, 1))[0].Values.ShouldHaveSingleItem().ShouldBe(1);
    }

    private async Task<List<Dictionary<string, object?>>> RowsAsync(string statement, int count)
    {
        var rows = await desk.RowsAsync(SeedStatements.Put(statement, _book.Account));
        rows.Count.ShouldBe(count, statement);
        return rows;
    }
}
