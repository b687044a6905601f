using System.Net;
using System.Text;
using System.Text.Json;

namespace QuantDash.Tests.Web.Api;

/// <summary>A broker's statement over HTTP: taken in, held against the books, given back.</summary>
public sealed class StatementApiTests
{
    /// <summary>What <see cref="SettledAsync"/> leaves of 2025-01-06: ten lots at 5500, settled at 5510, one traded by nobody.</summary>
    internal const string Statement = """
        交易结算单(盯市) Settlement Statement(MTM)
        客户号 Client ID：  Q1
        日期 Date：20250106

        资金状况  币种：人民币  Account Summary  Currency：CNY
        ----------------------------------------------------------------------------------------------------
        期初结存 Balance b/f：                        0.00  基础保证金 Initial Margin：                0.00
        出 入 金 Deposit/Withdrawal：           1000000.00  期末结存 Balance c/f：            1000500.00
        平仓盈亏 Realized P/L：                       0.00  客户权益 Client Equity：          1000500.00
        持仓盯市盈亏 MTM P/L：                      500.00  保证金占用 Margin Occupied：        24750.00
        手 续 费 Commission：                         0.00  可用资金 Fund Avail.：             975750.00
        风 险 度 Risk Degree：                       2.47%

        持仓明细 Positions Detail
        ----------------------------------------------------------------------------------------------------
        | 交易所 |   品种   |   合约   |开仓日期 |   投/保    |买/卖|持仓量 | 开仓价 |  昨结算  |  结算价  | 浮动盈亏 | 盯市盈亏 |  保证金  |
        ----------------------------------------------------------------------------------------------------
        |郑商所  |PTA       |TA505     |20250106 |投          | 买  |     10|5500.000|  5490.000|  5510.000|    500.00|    500.00|  24750.00|
        ----------------------------------------------------------------------------------------------------
        """;

    [Fact]
    public async Task Statement_OfASettledDay_AgreesAndIsKept_AndOurOwnDayIsThere()
    {
        using var rig = await SettledAsync();
        var answer = await rig.PostAsync("/api/settlements/import", Body("text", Statement));
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body.ToString());
        var id = answer.Body.GetProperty("statement").GetProperty("id").GetString();
        (answer.Body.GetProperty("unexplained").GetInt32(), answer.Body.GetProperty("settled").GetBoolean(), answer.Body.GetProperty("positions_agreed").GetInt32()).ShouldBe((0, true, 1), answer.Body.ToString());

        var gbk = Convert.ToBase64String(CodePagesEncodingProvider.Instance.GetEncoding(936)!.GetBytes(Statement));
        (await rig.PostAsync("/api/settlements/import", Body("content", gbk))).Body.GetProperty("statement").GetProperty("id").GetString().ShouldBe(id, "the same text once more");
        (await rig.GetAsync("/api/settlements/imports?account_id=Q1")).Body.GetProperty("items").EnumerateArray().Select(s => (s.GetProperty("trading_day").GetString(), s.GetProperty("kind").GetString())).ShouldBe([("2025-01-06", "by_day")]);
        (await rig.GetAsync($"/api/settlements/imports/{id}")).Body.GetProperty("lines").GetArrayLength().ShouldBe(10);
        (await rig.Client.GetStringAsync($"/api/settlements/imports/{id}/text")).ShouldBe(Statement);
        var csv = (await rig.Client.GetStringAsync($"/api/settlements/imports/{id}/differences.csv")).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        (csv.Length, csv[7]).ShouldBe((11, "funds,equity,,,1000500.00,1000500,0.00,true,,"));
        (await rig.GetAsync("/api/audit?action=statement")).Body.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("action").GetString()).ShouldBe(["statement.imported"]);

        var own = (await rig.GetAsync("/api/settlements/Q1/2025-01-06")).Body;
        (own.GetProperty("settled").GetBoolean(), own.GetProperty("funds").GetProperty("equity").GetDecimal()).ShouldBe((true, 1_000_500m));
        var held = own.GetProperty("positions").EnumerateArray().Single();
        (held.GetProperty("symbol").GetString(), held.GetProperty("direction").GetString(), held.GetProperty("volume").GetDecimal(), held.GetProperty("settlement_price").GetDecimal(), held.GetProperty("holding_pnl").GetDecimal())
            .ShouldBe(("CZCE.TA2505", "long", 10m, 5510m, 500m));
    }

    [Fact]
    public async Task Statement_ThatDiffers_NamesWhat()
    {
        using var rig = await SettledAsync();
        var answer = await rig.PostAsync("/api/settlements/import", Body("text", Statement.Replace("|     10|", "|     11|", StringComparison.Ordinal)));
        var wrong = answer.Body.GetProperty("lines").EnumerateArray().Where(line => !line.GetProperty("agrees").GetBoolean() && line.GetProperty("reason").ValueKind == JsonValueKind.Null).ToList();
        wrong.Select(line => (line.GetProperty("part").GetString(), line.GetProperty("field").GetString(), line.GetProperty("difference").GetDecimal())).ShouldBe([("position", "volume", 1m)]);
        answer.Body.GetProperty("positions_agreed").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Statement_OfADayThatIsNotOverHere_IsHeldAgainstTheLastPrices()
    {
        using var rig = await HeldAsync();
        await rig.PushAsync(ApiRig.Tick(5510, 2));
        var answer = await rig.PostAsync("/api/settlements/import", Body("text", Statement));
        (answer.Body.GetProperty("settled").GetBoolean(), answer.Body.GetProperty("unexplained").GetInt32(), answer.Body.GetProperty("positions_agreed").GetInt32()).ShouldBe((false, 0, 1), answer.Body.ToString());

        await rig.PushAsync(ApiRig.Tick(5530, 3));
        var later = (await rig.GetAsync($"/api/settlements/imports/{answer.Body.GetProperty("statement").GetProperty("id").GetString()}")).Body;
        later.GetProperty("unexplained").GetInt32().ShouldBe(0, later.ToString());
        later.GetProperty("lines").EnumerateArray().Select(line => Text(line, "reason")).Distinct().ShouldBe([null, "from_positions", "not_settled", "from_above", "rounding"], ignoreOrder: true);
    }

    [Fact]
    public async Task Trades_AsOurOwnExportGivesThem_AgreeWithTheBooks()
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PushAsync(ApiRig.Tick(5500, 0));
        (await rig.PostAsync("/api/orders", """{"account_id":"Q1","symbol":"CZCE.TA2505","action":"open","direction":"long","volume":2,"price":5510}""")).Status.ShouldBe(HttpStatusCode.Created);
        await rig.PushAsync(ApiRig.Tick(5502, 1));
        var csv = await rig.Client.GetStringAsync("/api/trades.csv?account_id=Q1&trading_day=2025-01-06");

        var answer = await rig.PostAsync("/api/settlements/import", Body("text", csv));

        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body.ToString());
        (answer.Body.GetProperty("statement").GetProperty("kind").GetString(), answer.Body.GetProperty("trades_agreed").GetInt32(), answer.Body.GetProperty("lines").GetArrayLength()).ShouldBe(("trades", csv.Split("\r\n").Length - 2, 0));
        (await rig.Client.GetStringAsync("/api/trades.csv?account_id=Q1&trading_day=2025-01-07")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1, "nothing was traded then");
    }

    [Fact]
    public async Task Statement_ThatCannotBeRead_IsNamedByLine_AndNothingIsKept()
    {
        using var rig = await SettledAsync();
        var refused = await rig.PostAsync("/api/settlements/import", Body("text", Statement.Replace("|    500.00|  24750.00|", "|    5OO.00|  24750.00|", StringComparison.Ordinal)));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ApiRig.Codes(refused.Body).ShouldBe(["text statement_number"]);
        refused.Body.ToString().ShouldContain("Line 18, 盯市盈亏");
        ApiRig.Codes((await rig.PostAsync("/api/settlements/import", Body("text", Statement.Replace("币种：人民币  Account Summary  Currency：CNY", "币种：美元  Account Summary  Currency：USD", StringComparison.Ordinal)))).Body).ShouldBe(["text statement_currency"]);
        ApiRig.Codes((await rig.PostAsync("/api/settlements/import", Body("content", "no base64!"))).Body).ShouldBe(["content not_base64"]);
        ApiRig.Codes((await rig.PostAsync("/api/settlements/import", """{"account_id":"Q1"}""")).Body).ShouldBe(["text required"]);
        ApiRig.Codes((await rig.PostAsync("/api/settlements/import", Body("text", "hello"))).Body).ShouldBe(["text statement_unknown"]);
        (await rig.GetAsync("/api/settlements/imports")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await rig.GetAsync($"/api/settlements/imports/{Guid.Empty}")).Status.ShouldBe(HttpStatusCode.NotFound);
        ApiRig.Codes((await rig.GetAsync("/api/settlements/Q1/yesterday")).Body).ShouldBe(["day not_a_day"]);
        (await rig.GetAsync("/api/settlements/nobody/2025-01-06")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    internal static string Body(string field, string value) => JsonSerializer.Serialize(new Dictionary<string, string> { ["account_id"] = "Q1", [field] = value, ["file_name"] = "结算单.txt" });

    private static string? Text(JsonElement line, string name) => line.GetProperty(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static async Task<ApiRig> HeldAsync()
    {
        var rig = await new ApiRig().ReadyAsync();
        await rig.PostAsync("/api/position_snapshots", """{"account_id":"Q1","timestamp":"2025-01-06T01:29:00Z","positions":[{"symbol":"CZCE.TA2505","long_position":10,"long_today":10,"long_avg_price":5500}]}""");
        await rig.PushAsync(ApiRig.Tick(5500, 0), ApiRig.Tick(5520, 1));
        return rig;
    }

    private static async Task<ApiRig> SettledAsync()
    {
        var rig = await HeldAsync();
        await rig.PushAsync("""{"symbol":"CZCE.TA2505","timestamp":"2025-01-07T01:30:00Z","last_price":5540,"bid_price":5538,"bid_volume":9,"ask_price":5542,"ask_volume":9,"pre_settlement":5510}""");
        return rig;
    }
}
