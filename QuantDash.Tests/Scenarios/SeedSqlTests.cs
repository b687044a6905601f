using System.Text.Json.Nodes;
using QuantDash.Tests.Support;
using static QuantDash.Tests.Scenarios.SeedBook;

namespace QuantDash.Tests.Scenarios;

/// <summary>Every UPDATE of the guide, run unchanged on a real PostgreSQL beside the running application: explain shows it, and the next tick obeys it.</summary>
public sealed class SeedSqlTests(SeedDesk desk) : IClassFixture<SeedDesk>
{
    [GuideFact]
    public void Statements_OfTheGuide_AreAllHere() =>
        SeedStatements.All.Select(SeedStatements.InOneLine).Distinct().ShouldBe(SeedStatements.In(File.ReadAllText(SeedStatements.Guide!)), ignoreOrder: true);

    [PostgresFact]
    public async Task LowerThreshold_FiresAtTheNewProfit()
    {
        var book = await ProfitAsync("""{"trigger_type": "profit", "profit_lock_enabled": true, "profit_lock_threshold": 10000, "profit_lock_ratio": 0.8, "auto_execute": true}""");
        var seen = await book.Book.EditAsync(SeedStatements.LowerThreshold, book.Rule, now => Level(now, "profit") == 3800);
        Condition(seen, "profit")["target"]!.GetValue<decimal>().ShouldBe(5000);
        await book.Book.TickAsync(3798);
        (await book.Book.TriggersAsync()).ShouldBeEmpty("4,900 is not 5,000");
        await book.Book.TickAsync(3800);
        var fired = await book.Book.OnlyTriggerAsync("executed");
        (fired["trigger_condition"]!.GetValue<string>(), fired["lock_volume"]!.GetValue<decimal>()).ShouldBe(("利润达到阈值: 5000.00 >= 5000.00", 8));
    }

    [PostgresFact]
    public async Task MovedPrice_FiresAtTheNewPriceAndNotAtTheOld()
    {
        var book = await ProfitAsync("""{"trigger_type": "price", "trigger_price": 3760, "auto_execute": true}""");
        await book.Book.EditAsync(SeedStatements.MovePrice, book.Rule, now => Level(now, "price") == 3800);
        await book.Book.TickAsync(3760);
        (await book.Book.TriggersAsync()).ShouldBeEmpty("the old price is no longer one");
        await book.Book.TickAsync(3800);
        (await book.Book.OnlyTriggerAsync("executed"))["lock_volume"]!.GetValue<decimal>().ShouldBe(10);
    }

    [PostgresFact]
    public async Task TurnedDirection_WatchesTheLegThatIsThere()
    {
        var book = await ProfitAsync("""{"trigger_type": "price", "trigger_price": 3800, "auto_execute": true}""", direction: "short");
        Condition(await book.Book.ExplainAsync(book.Rule), "price")["why"]!.GetValue<string>().ShouldBe("no_position");
        await book.Book.EditAsync(SeedStatements.TurnDirection, book.Rule, now => Condition(now, "price")["why"] is null);
        await book.Book.TickAsync(3800);
        (await book.Book.OnlyTriggerAsync("executed"))["direction"]!.GetValue<string>().ShouldBe("long");
    }

    [PostgresFact]
    public async Task SwitchedOn_IsEvaluatedAgain()
    {
        var book = await ProfitAsync("""{"trigger_type": "profit", "profit_lock_enabled": false, "is_enabled": false, "profit_lock_threshold": 5000, "stop_loss_price": 3600, "auto_execute": true}""");
        var off = Condition(await book.Book.ExplainAsync(book.Rule), "profit");
        (off["live"]!.GetValue<bool>(), off["why"]!.GetValue<string>()).ShouldBe((false, "flag_off"));
        await book.Book.TickAsync(3802);
        await book.Book.TickAsync(3790);
        (await book.Book.TriggersAsync()).ShouldBeEmpty();
        await book.Book.EditAsync(SeedStatements.SwitchOn, book.Rule, now => Condition(now, "profit") is var one && one["live"]!.GetValue<bool>() && one["why"] is null);
        await book.Book.TickAsync(3802);
        await book.Book.OnlyTriggerAsync("executed");
    }

    [PostgresFact]
    public async Task TrailingMadePrice_NoLongerTrailsAndHasItsStop()
    {
        var book = await TrailingAsync();
        var seen = await book.Book.EditAsync(SeedStatements.TrailingToPrice, book.Rule, now => Level(now, "price") == 3850);
        (Level(seen, "stop"), Condition(seen, "trailing")["why"]!.GetValue<string>()).ShouldBe((3700, "not_named"));
        await book.Book.TickAsync(3840);
        await book.Book.TickAsync(3720);
        (await book.Book.TriggersAsync()).ShouldBeEmpty("it would have trailed long ago");
        await book.Book.TickAsync(3850);
        (await book.Book.OnlyTriggerAsync("executed"))["trigger_condition"]!.GetValue<string>().ShouldBe("价格达到目标: 3850 >= 3850");
    }

    [PostgresFact]
    public async Task TrailingMadeProfit_FiresAtTheProfit()
    {
        var book = await TrailingAsync();
        await book.Book.EditAsync(SeedStatements.TrailingToProfit, book.Rule, now => Level(now, "profit") == 3900);
        await book.Book.TickAsync(3840);
        await book.Book.TickAsync(3720);
        (await book.Book.TriggersAsync()).ShouldBeEmpty("it would have trailed long ago");
        await book.Book.TickAsync(3900);
        (await book.Book.OnlyTriggerAsync("executed"))["trigger_condition"]!.GetValue<string>().ShouldBe("利润达到阈值: 10000.00 >= 10000.00");
    }

    [PostgresFact]
    public async Task HalvedRatio_LocksHalf()
    {
        var book = await ProfitAsync("""{"trigger_type": "price", "trigger_price": 3800, "profit_lock_ratio": 1, "auto_execute": true}""");
        await desk.RunAsync(SeedStatements.Put(SeedStatements.HalfRatio, book.Book.Account, Pta));
        (await RuleAsync(book, rule => rule["profit_lock_ratio"]!.GetValue<decimal>() == 0.5m))["is_enabled"]!.GetValue<bool>().ShouldBeTrue();
        await book.Book.TickAsync(3800);
        (await book.Book.OnlyTriggerAsync("executed"))["lock_volume"]!.GetValue<decimal>().ShouldBe(5);
    }

    [PostgresFact]
    public async Task AskFirst_MakesEveryRuleWaitForTheClick()
    {
        var book = await ProfitAsync("""{"trigger_type": "price", "trigger_price": 3800, "auto_execute": true}""");
        await desk.RunAsync(SeedStatements.AskFirst);
        await RuleAsync(book, rule => !rule["auto_execute"]!.GetValue<bool>());
        await book.Book.TickAsync(3800);
        await book.Book.OnlyTriggerAsync("waiting_confirm");
        (await desk.Client.ExecutionsAsync(book.Book.Account)).ShouldBeEmpty("nothing leaves before the click");
    }

    [PostgresFact]
    public async Task MarkExecuted_SpendsTheRule_MoreLotsFireNothing()
    {
        var book = await desk.BookAsync();
        var (_, failed) = await book.OneFailsAsync();
        var (id, rule) = (failed["id"]!.GetValue<string>(), failed["config_id"]!.GetValue<string>());
        await book.EditAsync(SeedStatements.MarkExecuted, rule, now => now["arm_state"]!.GetValue<string>() == "done", id);
        var marked = (await book.TriggersAsync()).Single(one => one["id"]!.GetValue<string>() == id);
        (Status(marked), marked["execution_result"]!.GetValue<string>(), marked["execution_time"] is null).ShouldBe(("executed", "手动在极星策略中执行", false));

        await book.FourMoreAsync();
        await book.TickAsync(3798);
        await book.TickAsync(3802);
        (await book.TriggersAsync()).Count.ShouldBe(2, "it was done by hand");
    }

    [PostgresFact]
    public async Task CancelFailed_ArmsTheRuleAgain_MoreLotsFireIt()
    {
        var book = await desk.BookAsync();
        var (_, failed) = await book.OneFailsAsync();
        var (id, rule) = (failed["id"]!.GetValue<string>(), failed["config_id"]!.GetValue<string>());
        await book.EditAsync(SeedStatements.CancelFailed, rule, now => Condition(now, "price")["why"]?.GetValue<string>() != "open_trigger");
        Status((await book.TriggersAsync()).Single(one => one["id"]!.GetValue<string>() == id)).ShouldBe("cancelled");

        await book.FourMoreAsync();
        await book.TickAsync(3798);
        await book.TickAsync(3802);
        var triggers = await TradingClient.EventuallyAsync(book.TriggersAsync, all => all.Count == 3 && Status(all[0]) == "executed");
        triggers.Count.ShouldBe(3);
        (triggers[0]["config_id"]!.GetValue<string>(), triggers[0]["lock_volume"]!.GetValue<decimal>()).ShouldBe((rule, 4));
    }

    [PostgresFact]
    public async Task InsertedRule_Fires_AndADeletedOneDoesNot()
    {
        var book = await ProfitAsync("""{"trigger_type": "price", "trigger_price": 3800, "auto_execute": true}""");
        var added = Guid.NewGuid().ToString();
        await desk.RunAsync($"""
            insert into lock_configs (id, account_id, symbol, direction, trigger_type, trigger_price, auto_execute)
            values ('{added}', '{book.Book.Account}', '{Pta}', 'long', 'price', 3790, true);
            delete from lock_configs where id = '{book.Rule}';
            """);
        var rules = await TradingClient.EventuallyAsync(
            () => desk.Client.ItemsAsync("api/lock/configs", book.Book.Account), all => all.Count == 1 && all[0]["id"]!.GetValue<string>() == added);
        rules.ShouldHaveSingleItem();
        await book.Book.TickAsync(3800);
        (await book.Book.OnlyTriggerAsync("executed"))["config_id"]!.GetValue<string>().ShouldBe(added);
    }

    /// <summary>Ten lots bought at 3700, the market at 3750, and a rule.</summary>
    private async Task<(SeedBook Book, string Rule)> ProfitAsync(string terms, string direction = "long")
    {
        var book = await desk.BookAsync();
        await book.TickAsync(3750);
        await book.HoldAsync("long", 10, 3700);
        return (book, await book.RuleAsync(terms, direction));
    }

    private Task<(SeedBook Book, string Rule)> TrailingAsync() =>
        ProfitAsync("""{"trigger_type": "trailing", "trailing_stop": true, "trailing_distance": 20, "auto_execute": true}""");

    private async Task<JsonNode> RuleAsync((SeedBook Book, string Rule) book, Func<JsonNode, bool> holds)
    {
        var rules = await TradingClient.EventuallyAsync(
            () => desk.Client.ItemsAsync("api/lock/configs", book.Book.Account), all => all.Exists(one => holds(one)));
        var rule = rules.ShouldHaveSingleItem();
        holds(rule).ShouldBeTrue(rule.ToJsonString());
        return rule;
    }
}

/// <summary>A fact over the guide itself; skipped where the source documents are not.</summary>
public sealed class GuideFactAttribute : FactAttribute
{
    public GuideFactAttribute() => Skip = SeedStatements.Guide is null ? "needs the source documents in ../shared/seeds" : null;
}
