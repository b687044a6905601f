using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Audit;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Web.Api;
using QuantDash.Web.Features.Backtests;

namespace QuantDash.Tests.Web.Features.Backtests;

/// <summary>Backtests over HTTP, with the files they leave.</summary>
public sealed class BacktestApiTests : IDisposable
{
    private const string Wish = """{"strategy":"sma-cross","symbol":"US.WAVE","parameters":{"fast":3,"slow":"8","volume":10},"cash":100000,"commission":0.001,"slippage_amount":1}""";

    private readonly ApiRig _rig = new();

    public BacktestApiTests() => BacktestSeries.Store(_rig.Services.GetRequiredService<IBarArchive>());

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Backtest_OverStoredBars_IsRunAndKept()
    {
        var id = await DoneAsync(Wish);

        var answer = (await _rig.GetAsync($"/api/backtests/{id}")).Body;
        answer.GetProperty("bars").GetInt32().ShouldBe(360);
        answer.GetProperty("progress").GetDouble().ShouldBe(1);
        var statistics = answer.GetProperty("statistics");
        statistics.GetProperty("trades").GetInt32().ShouldBeGreaterThan(5);
        statistics.GetProperty("fees").GetDecimal().ShouldBeGreaterThan(0);
        var report = (await _rig.GetAsync($"/api/backtests/{id}/report")).Body;
        report.GetProperty("days").GetArrayLength().ShouldBe(6);
        report.GetProperty("trades").GetArrayLength().ShouldBe(statistics.GetProperty("trades").GetInt32());
        report.GetProperty("equity").GetArrayLength().ShouldBe(360);
        report.GetProperty("benchmark").GetArrayLength().ShouldBe(6);
        report.GetProperty("orders").GetArrayLength().ShouldBeGreaterThan(10);
        File.Exists(Path.Combine(_rig.DataDirectory, "backtests", id, "report.json.gz")).ShouldBeTrue();
        (await _rig.GetAsync("/api/backtests")).Body.GetProperty("items")[0].GetProperty("id").GetString().ShouldBe(id);
    }

    [Fact]
    public async Task SameRequest_GivesTheSameResult()
    {
        var wish = Wish.Replace("\"slippage_amount\":1", "\"slippage\":\"drawn\",\"slippage_amount\":5,\"seed\":7", StringComparison.Ordinal);
        var (first, second) = (await DoneAsync(wish), await DoneAsync(wish));

        var reports = new List<string>();
        foreach (var id in (string[])[first, second]) reports.Add((await _rig.GetAsync($"/api/backtests/{id}/report")).Body.GetRawText());
        reports[0].ShouldBe(reports[1]);
        var other = await DoneAsync(wish.Replace("\"seed\":7", "\"seed\":8", StringComparison.Ordinal));
        (await _rig.GetAsync($"/api/backtests/{other}/report")).Body.GetRawText().ShouldNotBe(reports[0]);
    }

    [Fact]
    public async Task SeveralSymbols_AreARunEach()
    {
        BacktestSeries.Store(_rig.Services.GetRequiredService<IBarArchive>(), "US.TIDE");
        var started = await _rig.PostAsync("/api/backtests", Wish.Replace("\"symbol\":\"US.WAVE\"", "\"symbols\":[\"US.WAVE\",\"US.TIDE\"]", StringComparison.Ordinal));

        started.Status.ShouldBe(HttpStatusCode.Created);
        var items = started.Body.GetProperty("items").EnumerateArray().ToList();
        items.Select(item => item.GetProperty("symbol").GetString()).ShouldBe(["US.WAVE", "US.TIDE"]);
        foreach (var item in items) await EndAsync(item.GetProperty("id").GetString()!, "done");
    }

    [Fact]
    public async Task LongerTimeframe_IsMadeOfStoredBars()
    {
        var id = await DoneAsync(Wish.Replace("\"cash\"", "\"timeframe\":\"5m\",\"from\":\"2024-01-03\",\"to\":\"2024-01-05\",\"cash\"", StringComparison.Ordinal));

        var report = (await _rig.GetAsync($"/api/backtests/{id}/report")).Body;
        report.GetProperty("market").GetProperty("bars").GetInt32().ShouldBe(36);
        report.GetProperty("market").GetProperty("timeframe").GetString().ShouldBe("5m");
        report.GetProperty("days")[0].GetProperty("day").GetString().ShouldBe("2024-01-03");
    }

    [Fact]
    public async Task Sweep_HasACellForEachPairThatGoesTogether()
    {
        var id = await DoneAsync(Wish.Replace("\"cash\"", "\"sweep\":{\"x\":{\"parameter\":\"fast\",\"from\":2,\"to\":8,\"step\":2},\"y\":{\"parameter\":\"slow\",\"from\":6,\"to\":12,\"step\":6}},\"cash\"", StringComparison.Ordinal));

        var sweep = (await _rig.GetAsync($"/api/backtests/{id}/sweep")).Body;
        sweep.GetProperty("cells").EnumerateArray().Select(cell => (cell.GetProperty("x").GetInt32(), cell.GetProperty("y").GetInt32())).ShouldBe([(0, 0), (0, 1), (1, 0), (1, 1), (2, 1), (3, 1)]);
        var single = await DoneAsync(Wish.Replace("\"fast\":3,\"slow\":\"8\"", "\"fast\":4,\"slow\":12", StringComparison.Ordinal));
        var alone = (await _rig.GetAsync($"/api/backtests/{single}")).Body.GetProperty("statistics");
        var cell = sweep.GetProperty("cells")[3];
        cell.GetProperty("final_equity").GetDecimal().ShouldBe(alone.GetProperty("final_equity").GetDecimal());
        cell.GetProperty("trades").GetInt32().ShouldBe(alone.GetProperty("trades").GetInt32());
        (await _rig.GetAsync($"/api/backtests/{id}/report")).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("""{"symbol":"US.WAVE"}""", "strategy", "required")]
    [InlineData("""{"strategy":"sma-cross"}""", "symbol", "required")]
    [InlineData("""{"strategy":"no-such","symbol":"US.WAVE"}""", "strategy", "backtest_unknown_strategy")]
    [InlineData("""{"strategy":"sma-cross","symbol":"US.NONE"}""", "symbol", "backtest_no_series")]
    [InlineData("""{"strategy":"sma-cross","symbol":"US.WAVE","source":"other"}""", "symbol", "backtest_no_series")]
    [InlineData("""{"strategy":"sma-cross","symbol":"US.WAVE","timeframe":"7x"}""", "timeframe", "backtest_bad_timeframe")]
    [InlineData("""{"strategy":"sma-cross","symbol":"US.WAVE","from":"2025-01-01"}""", "from", "backtest_no_bars")]
    [InlineData("""{"strategy":"sma-cross","symbol":"US.WAVE","from":"2024-01-05","to":"2024-01-03"}""", "from", "backtest_span")]
    [InlineData("""{"strategy":"sma-cross","symbol":"US.WAVE","parameters":{"fast":0}}""", "parameters.fast", "parameter_out_of_range")]
    [InlineData("""{"strategy":"sma-cross","symbol":"US.WAVE","parameters":{"fast":30}}""", "parameters.fast", "fast_not_below_slow")]
    [InlineData("""{"strategy":"sma-cross","symbol":"US.WAVE","parameters":{"fast":[1]}}""", "parameters.fast", "not_text")]
    [InlineData("""{"strategy":"sma-cross","symbol":"US.WAVE","cash":0}""", "cash", "out_of_range")]
    [InlineData("""{"strategy":"sma-cross","symbol":"US.WAVE","commission":0.6}""", "commission", "out_of_range")]
    [InlineData("""{"strategy":"sma-cross","symbol":"US.WAVE","slippage_amount":1.5}""", "slippage_amount", "not_an_integer")]
    [InlineData("""{"strategy":"sma-cross","symbol":"US.WAVE","sweep":{"x":{"parameter":"fast","from":1,"to":2,"step":0},"y":{"parameter":"slow","from":5,"to":9,"step":1}}}""", "sweep.x", "sweep_axis")]
    public async Task WrongRequest_NamesTheField(string body, string field, string code)
    {
        var answer = await _rig.PostAsync("/api/backtests", body);

        ((int)answer.Status).ShouldBe(422, answer.Body.ToString());
        ApiRig.Codes(answer.Body).ShouldContain($"{field} {code}");
        (await _rig.GetAsync("/api/backtests")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task AdjustmentWithoutEvents_SaysWhereTheyWouldBe()
    {
        var id = await EndedAsync(Wish.Replace("\"cash\"", "\"adjustment\":\"backward\",\"cash\"", StringComparison.Ordinal), "failed");

        (await _rig.GetAsync($"/api/backtests/{id}")).Body.GetProperty("error").GetString()!.ShouldContain("adjustments");
    }

    [Fact]
    public async Task Adjustment_TakesASplitOutOfThePrices()
    {
        var folder = Path.Combine(_rig.DataDirectory, "adjustments", "factors");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "US.WAVE.csv"), "20240103,1,0.5,1\n20501231,1,1,0\n");

        var id = await DoneAsync(Wish.Replace("\"cash\"", "\"adjustment\":\"backward\",\"cash\"", StringComparison.Ordinal));

        var raw = await DoneAsync(Wish);
        var (adjusted, traded) = ((await CandlesAsync(id))[0], (await CandlesAsync(raw))[0]);
        adjusted.GetProperty("open").GetDouble().ShouldBe(traded.GetProperty("open").GetDouble() / 2, 0.01);
    }

    [Fact]
    public async Task Html_IsOneFileThatNeedsNothingElse()
    {
        var id = await DoneAsync(Wish);

        using var answer = await _rig.Client.GetAsync($"/api/backtests/{id}/report.html");

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("<svg");
        html.ShouldContain("US.WAVE");
        foreach (var outside in (string[])["<script", "<link", "src=", "@import", "url(", "http://", "https://"]) html.ShouldNotContain(outside);
        using var chinese = new HttpRequestMessage(HttpMethod.Get, $"/api/backtests/{id}/report.html");
        chinese.Headers.Add("Accept-Language", "zh-CN");
        (await (await _rig.Client.SendAsync(chinese)).Content.ReadAsStringAsync()).ShouldContain("最大回撤");
    }

    [Fact]
    public async Task Trades_ComeAsCsv()
    {
        var id = await DoneAsync(Wish);

        var csv = await _rig.Client.GetStringAsync($"/api/backtests/{id}/trades.csv");

        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].TrimStart('\uFEFF').ShouldBe("side,volume,entry_time,entry_price,exit_time,exit_price,exit_day,bars,pnl,fee,net,mae,mfe");
        (lines.Length - 1).ShouldBe((await _rig.GetAsync($"/api/backtests/{id}")).Body.GetProperty("statistics").GetProperty("trades").GetInt32());
    }

    [Fact]
    public async Task Deleting_RemovesTheFiles_AndIsWrittenDown()
    {
        var id = await DoneAsync(Wish);

        using var deleted = await _rig.Client.DeleteAsync($"/api/backtests/{id}");

        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Directory.Exists(Path.Combine(_rig.DataDirectory, "backtests", id)).ShouldBeFalse();
        (await _rig.GetAsync($"/api/backtests/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _rig.PostAsync($"/api/backtests/{id}/cancel", "{}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var history = _rig.Services.GetRequiredService<IAuditHistory>();
        var entries = (await history.EntriesAsync(new() { Subject = id }, PageRequest.First)).Items;
        entries.Select(entry => entry.Action).ShouldBe(["backtest.deleted", "backtest.started"]);
    }

    [Fact]
    public async Task Cancelling_EndsALongOne_AndAFinishedOneIsOver()
    {
        BacktestSeries.Store(_rig.Services.GetRequiredService<IBarArchive>(), "US.LONG", days: 2_000);
        var wish = Wish.Replace("US.WAVE", "US.LONG", StringComparison.Ordinal).Replace(
            "\"cash\"", "\"sweep\":{\"x\":{\"parameter\":\"fast\",\"from\":2,\"to\":100,\"step\":1},\"y\":{\"parameter\":\"slow\",\"from\":101,\"to\":200,\"step\":1}},\"cash\"", StringComparison.Ordinal);
        var id = (await _rig.PostAsync("/api/backtests", wish)).Body.GetProperty("id").GetString()!;

        (await _rig.Client.DeleteAsync($"/api/backtests/{id}")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var cancelled = await _rig.PostAsync($"/api/backtests/{id}/cancel", "{}");

        cancelled.Status.ShouldBe(HttpStatusCode.OK);
        cancelled.Body.GetProperty("state").GetString().ShouldBe("cancelled");
        (await _rig.PostAsync($"/api/backtests/{id}/cancel", "{}")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await _rig.GetAsync($"/api/backtests/{id}/sweep")).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task List_GoesPageByPage()
    {
        foreach (var _ in Enumerable.Range(0, 3)) await DoneAsync(Wish);

        var first = (await _rig.GetAsync("/api/backtests?limit=2")).Body;
        var second = (await _rig.GetAsync($"/api/backtests?limit=2&cursor={first.GetProperty("next_cursor").GetString()}")).Body;

        first.GetProperty("items").GetArrayLength().ShouldBe(2);
        second.GetProperty("items").GetArrayLength().ShouldBe(1);
        second.GetProperty("next_cursor").ValueKind.ShouldBe(JsonValueKind.Null);
        (await _rig.GetAsync("/api/backtests?cursor=x")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task AfterARestart_ResultsAreThere_AndWhatRanSaysItWasInterrupted()
    {
        var id = await DoneAsync(Wish);
        var folder = Path.Combine(_rig.DataDirectory, "backtests");
        var interrupted = Guid.NewGuid().ToString("D");
        Directory.CreateDirectory(Path.Combine(folder, interrupted));
        var running = (await File.ReadAllTextAsync(Path.Combine(folder, id, "run.json"))).Replace(id, interrupted, StringComparison.Ordinal).Replace("\"state\":\"done\"", "\"state\":\"running\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, interrupted, "run.json"), running);
        Directory.CreateDirectory(Path.Combine(folder, "broken"));
        await File.WriteAllTextAsync(Path.Combine(folder, "broken", "run.json"), "{");

        var shelf = ActivatorUtilities.CreateInstance<BacktestShelf>(_rig.Services);

        shelf.Records.Count.ShouldBe(2);
        shelf.Find(Guid.Parse(interrupted))!.State.ShouldBe(BacktestState.Interrupted);
        var kept = shelf.Find(Guid.Parse(id))!;
        kept.State.ShouldBe(BacktestState.Done);
        kept.Request.Parameters["fast"].ShouldBe("3");
        shelf.Report(kept.Id)!.Statistics.ShouldBe(kept.Statistics);
        (await File.ReadAllTextAsync(Path.Combine(folder, interrupted, "run.json"))).ShouldContain("\"interrupted\"");
    }

    private async Task<List<JsonElement>> CandlesAsync(string id) => [.. (await _rig.GetAsync($"/api/backtests/{id}/report")).Body.GetProperty("candles").EnumerateArray()];

    private Task<string> DoneAsync(string wish) => EndedAsync(wish, "done");

    private async Task<string> EndedAsync(string wish, string state)
    {
        var started = await _rig.PostAsync("/api/backtests", wish);
        started.Status.ShouldBe(HttpStatusCode.Created, started.Body.ToString());
        var id = started.Body.GetProperty("id").GetString()!;
        await EndAsync(id, state);
        return id;
    }

    private async Task EndAsync(string id, string state)
    {
        for (var i = 0; i < 2400; i++)
        {
            var answer = (await _rig.GetAsync($"/api/backtests/{id}")).Body;
            if (answer.GetProperty("state").GetString() is not ("waiting" or "running") and var ended)
            {
                ended.ShouldBe(state, answer.ToString());
                return;
            }

            await Task.Delay(25);
        }

        throw new TimeoutException(id);
    }
}
