using System.Globalization;
using System.Text.Json.Nodes;
using QuantDash.Tests.Recovery;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Scenarios;

/// <summary>RELIABILITY.md C1 over HTTP: with stops and targets on both sides armed, no bad tick fires anything, each is counted by its reason, and a real
/// move of a fifth still fires.</summary>
[Trait(Profile.Reliability, "C1")]
public sealed class BadTicksScenarioTests
{
    private const string Symbol = "CZCE.TA2505";
    private const string Source = "dirty";
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 2, 0, 0, TimeSpan.Zero);

    /// <summary>What is sent and the reason it has to be counted under.</summary>
    private static readonly (string Reason, string Fields)[] Bad =
    [
        ("not_a_number", "\"last_price\": 1e400"),
        ("not_a_number", "\"last_price\": -1e400"),
        ("not_positive", "\"last_price\": 0"),
        ("not_positive", "\"last_price\": -0.0"),
        ("not_positive", "\"last_price\": -5400"),
        ("out_of_range", "\"last_price\": 1e308"),
        ("out_of_range", "\"last_price\": 1.7976931348623157e308"),
        ("out_of_range", "\"last_price\": 4.9e-324"),
        ("off_tick", "\"last_price\": 5401"),
        ("crossed", "\"last_price\": 5400, \"bid_price\": 5410, \"bid_volume\": 1, \"ask_price\": 5390, \"ask_volume\": 1"),
        ("outside_limits", "\"last_price\": 5400, \"upper_limit\": 5300, \"lower_limit\": 5000"),
        ("negative_volume", "\"last_price\": 5400, \"bid_price\": 5398, \"bid_volume\": -1"),
    ];

    /// <summary>What JSON has no number for: the body is refused as a whole, with the field named.</summary>
    private static readonly string[] NoNumbers = ["\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "NaN", "null", "true"];

    [Fact]
    public async Task BadTicks_EveryKind_FireNothingAreCountedAndAFifthStillFires()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        var client = TradingClient.Of(app);
        await client.SourceAsync(Source, "ticks", always: true);
        var account = await ArmAsync(client);
        await GoodAsync(client, 10, 5400);

        var expected = new Dictionary<string, long>();
        async Task Refused(string reason, string fields, DateTimeOffset at, string symbol = Symbol)
        {
            await SendAsync(client, reason, fields, at, symbol);
            expected[reason] = expected.GetValueOrDefault(reason) + 1;
        }

        foreach (var (reason, fields) in Bad) await Refused(reason, fields, Start.AddSeconds(11));
        foreach (var early in (TimeSpan[])[TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1)])
            await Refused("backwards", "\"last_price\": 5100", Start.AddSeconds(10) - early);
        foreach (var year in (int[])[1970, 9999]) await Refused("out_of_range", "\"last_price\": 5100", new(year, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await Refused("unknown_symbol", "\"last_price\": 5100", Start.AddSeconds(11), "CZCE.XX2505");
        await Refused("duplicate", GoodFields(5400), Start.AddSeconds(10));
        await ShouldRefuseNoNumbersAsync(client);

        var second = 12;
        foreach (var jump in (decimal[])[54_000, 540, 5_000]) await SpikeAsync(client, second += 2, jump);
        expected["spike"] = 3;
        (await client.TriggersAsync(account)).ShouldBeEmpty("nothing bad may fire");
        await ShouldBeCountedAsync(client, expected);

        await GoodAsync(client, 60, 4320);
        await GoodAsync(client, 61, 4322);
        var fired = await TradingClient.EventuallyAsync(
            () => client.TriggersAsync(account), found => found.Any(trigger => trigger["execution_status"]!.GetValue<string>() == "executed"));
        fired.ShouldNotBeEmpty("the move is real once a second tick agrees");
        fired.ShouldAllBe(trigger => trigger["trigger_price"]!.GetValue<decimal>() == 4322);
        (await client.ExecutionsAsync(account)).Sum(execution => execution["lock_volume"]!.GetValue<decimal>()).ShouldBe(10);
        var books = new StormBooks(DatabaseView.OfSqlite(Path.Combine(app.DataDirectory, "quantdash.db")));
        await books.FillsShouldBeTheLegsAsync(shorts: 10, longs: 10, "after bad ticks and a real move");
        (await books.SumAsync("locks", "volume", "status = 'active'")).ShouldBe(10);
        await StormBooks.AuditShouldBeWholeAsync(client, "after bad ticks and a real move");
    }

    private static async Task ShouldRefuseNoNumbersAsync(TradingClient client)
    {
        foreach (var value in NoNumbers)
        {
            var (status, text) = await client.SendAsync(
                $"api/ticks?source={Source}", $$"""[{"symbol": "{{Symbol}}", "timestamp": "{{Start.AddSeconds(11):O}}", "last_price": {{value}}}]""");
            ((int)status).ShouldBeInRange(400, 422, $"{value} → {text}");
            if (value != "NaN") text.ShouldContain("items[0].last_price", Case.Sensitive, $"{value} → {text}");
        }
    }

    private static async Task<string> ArmAsync(TradingClient client)
    {
        await GoodAsync(client, 0, 5400);
        var account = await client.AccountAsync("dirty", Source);
        await client.HoldAsync(account, Symbol, "long", 10, 5400);
        foreach (var condition in (JsonObject[])
        [
            new() { ["stop_loss_price"] = 5200, ["trigger_type"] = "price" },
            new() { ["trigger_price"] = 5600, ["trigger_type"] = "price" },
            new() { ["trailing_stop"] = true, ["trailing_distance"] = 300, ["trigger_type"] = "trailing" },
        ])
        {
            (condition["account_id"], condition["symbol"], condition["direction"], condition["auto_execute"]) = (account, Symbol, "long", true);
            await client.RuleAsync(condition);
        }
        return account;
    }

    /// <summary>A jump by ten is held; the next ordinary tick takes it back.</summary>
    private static async Task SpikeAsync(TradingClient client, int second, decimal price)
    {
        await client.TicksAsync(Source, [Tick(second, price)]);
        (await client.TicksAsync(Source, [Tick(second, 5400)])).Accepted.ShouldBe(1);
    }

    private static async Task GoodAsync(TradingClient client, int second, decimal price) =>
        (await client.TicksAsync(Source, [Tick(second, price)])).Accepted.ShouldBe(1);

    private static async Task SendAsync(TradingClient client, string reason, string fields, DateTimeOffset at, string symbol)
    {
        var (status, text) = await client.SendAsync($"api/ticks?source={Source}", $$"""[{"symbol": "{{symbol}}", "timestamp": "{{at:O}}", {{fields}}}]""");
        status.ShouldBe(System.Net.HttpStatusCode.OK, $"{fields} → {text}");
        var answer = JsonNode.Parse(text)!;
        answer["rejected"]!.GetValue<int>().ShouldBe(1, $"{fields} → {text}");
        answer["reasons"]![reason]?.GetValue<int>().ShouldBe(1, $"{fields} → {text}");
        answer["reasons"]![reason].ShouldNotBeNull($"{fields} → {text}");
    }

    private static async Task ShouldBeCountedAsync(TradingClient client, Dictionary<string, long> expected)
    {
        var source = (await client.ItemsAsync("api/sources")).Single(item => item["name"]!.GetValue<string>() == Source);
        source["rejected"]!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<long>()).ShouldBe(expected, ignoreOrder: true);
    }

    private static string GoodFields(decimal price) => string.Create(
        CultureInfo.InvariantCulture, $"\"last_price\": {price}, \"bid_price\": {price - 2}, \"bid_volume\": 100, \"ask_price\": {price + 2}, \"ask_volume\": 100");

    private static JsonObject Tick(int second, decimal price) => new()
    {
        ["symbol"] = Symbol,
        ["timestamp"] = Start.AddSeconds(second).ToString("O", CultureInfo.InvariantCulture),
        ["last_price"] = price,
        ["bid_price"] = price - 2,
        ["bid_volume"] = 100,
        ["ask_price"] = price + 2,
        ["ask_volume"] = 100,
    };
}
