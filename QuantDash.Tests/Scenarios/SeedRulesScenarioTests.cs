using System.Globalization;
using System.Text.Json.Nodes;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Scenarios;

/// <summary>The three rules of seed 000, posted as they are written there with a real account id.</summary>
public sealed class SeedRulesScenarioTests : IAsyncLifetime
{
    private const string Ta = "CZCE.TA2505";
    private const string V = "DCE.v2505";
    private const string Source = "seed";

    private static readonly DateTimeOffset Start = new(2025, 3, 3, 2, 0, 0, TimeSpan.Zero);

    private AppProcess _app = null!;
    private TradingClient _client = null!;
    private string _account = "";
    private int _ticks;

    public async Task InitializeAsync()
    {
        _app = await AppProcess.StartAsync(TradingClient.Settings());
        _client = TradingClient.Of(_app);
        await _client.SourceAsync(Source, "ticks", always: true);
        _account = await _client.AccountAsync("seed 000", Source, 1_000_000m);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task ProfitRule_TenLotsReachTenThousand_LocksEightByItself()
    {
        await TickAsync(Ta, 5400);
        await _client.HoldAsync(_account, Ta, "long", 10, 5400);
        await PostRuleAsync("""
            {"account_id": "xxx", "symbol": "CZCE.TA2505", "direction": "long", "trigger_type": "profit", "profit_lock_enabled": true,
             "profit_lock_threshold": 10000, "profit_lock_ratio": 0.8, "auto_execute": true}
            """);

        await TickAsync(Ta, 5598);
        (await _client.TriggersAsync()).ShouldBeEmpty("9,900 is not 10,000");
        await TickAsync(Ta, 5610);

        var trigger = await OnlyTriggerAsync("executed");
        trigger["trigger_condition"]!.GetValue<string>().ShouldBe("利润达到阈值: 10500.00 >= 10000.00");
        trigger["lock_volume"]!.GetValue<decimal>().ShouldBe(8);
        var execution = (await _client.ExecutionsAsync()).ShouldHaveSingleItem();
        execution["lock_volume"]!.GetValue<decimal>().ShouldBe(8);
        // Sold at the bid of 5608: 208 points × 8 lots × 5.
        execution["locked_profit"]!.GetValue<decimal>().ShouldBe(8320m);
    }

    [Fact]
    public async Task PriceRule_ShortReachesItsTarget_WaitsForTheClick()
    {
        await TickAsync(V, 2900);
        await _client.HoldAsync(_account, V, "short", 5, 2950);
        await PostRuleAsync("""
            {"account_id": "xxx", "symbol": "DCE.v2505", "direction": "short", "trigger_type": "price", "trigger_price": 2800,
             "profit_lock_ratio": 1.0, "auto_execute": false}
            """);

        await TickAsync(V, 2801);
        (await _client.TriggersAsync()).ShouldBeEmpty();
        await TickAsync(V, 2800);
        var waiting = await OnlyTriggerAsync("waiting_confirm");
        (await _client.ExecutionsAsync()).ShouldBeEmpty();

        await _client.PostAsync($"api/lock/execute/{waiting["id"]!.GetValue<string>()}", null);
        await TickAsync(V, 2800);

        await OnlyTriggerAsync("executed");
        (await _client.ExecutionsAsync()).ShouldHaveSingleItem()["lock_volume"]!.GetValue<decimal>().ShouldBe(5);
    }

    [Fact]
    public async Task StopRule_GapThroughTheStop_LocksTheWholeLegAtTheRealPrice()
    {
        await TickAsync(Ta, 5500);
        await _client.HoldAsync(_account, Ta, "long", 10, 5500);
        await PostRuleAsync("""
            {"account_id": "xxx", "symbol": "CZCE.TA2505", "direction": "long", "trigger_type": "price", "stop_loss_price": 5400,
             "profit_lock_ratio": 1.0, "auto_execute": true}
            """);

        await TickAsync(Ta, 5402);
        await TickAsync(Ta, 5380);

        var trigger = await OnlyTriggerAsync("executed");
        trigger["trigger_price"]!.GetValue<decimal>().ShouldBe(5380);
        trigger["lock_volume"]!.GetValue<decimal>().ShouldBe(10);
        await TickAsync(Ta, 5300);
        (await _client.TriggersAsync()).Count.ShouldBe(1, "once");
    }

    private Task<string> PostRuleAsync(string asWritten)
    {
        var rule = JsonNode.Parse(asWritten)!.AsObject();
        rule["account_id"] = _account;
        return _client.RuleAsync(rule);
    }

    private async Task<JsonNode> OnlyTriggerAsync(string status)
    {
        var triggers = await TradingClient.EventuallyAsync(
            () => _client.TriggersAsync(), found => found.Count == 1 && found[0]["execution_status"]!.GetValue<string>() == status);
        var trigger = triggers.ShouldHaveSingleItem();
        trigger["execution_status"]!.GetValue<string>().ShouldBe(status, trigger.ToJsonString());
        return trigger;
    }

    /// <summary>One tick a second, one price tick of spread, a hundred lots on each side.</summary>
    private async Task TickAsync(string symbol, decimal price)
    {
        var spread = symbol == Ta ? 2 : 1;
        var tick = new JsonObject
        {
            ["symbol"] = symbol,
            ["timestamp"] = Start.AddSeconds(++_ticks).ToString("O", CultureInfo.InvariantCulture),
            ["last_price"] = price,
            ["bid_price"] = price - spread,
            ["bid_volume"] = 100,
            ["ask_price"] = price + spread,
            ["ask_volume"] = 100,
        };
        (await _client.TicksAsync(Source, [tick])).Accepted.ShouldBe(1);
    }
}
