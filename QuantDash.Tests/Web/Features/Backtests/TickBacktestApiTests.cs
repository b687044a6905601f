using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Api;
using QuantDash.Web.Api;
using QuantDash.Web.Cli;
using QuantDash.Web.Features.Backtests;

namespace QuantDash.Tests.Web.Features.Backtests;

/// <summary>Backtests over recorded ticks, and funding, over HTTP.</summary>
public sealed class TickBacktestApiTests : IDisposable
{
    private const string Wish = """{"strategy":"sma-cross","on":"ticks","symbol":"TA505","timeframe":"1m","parameters":{"fast":2,"slow":5},"cash":500000,"latency_ms":1500,"jitter_ms":700,"seed":5}""";
    private const string Perpetual = """{"strategy":"sma-cross","symbol":"BINANCE.ETHUSDT","parameters":{"fast":3,"slow":8},"cash":100000}""";

    private readonly ApiRig _rig = new();

    public TickBacktestApiTests()
    {
        TickWave.Store(_rig.Services.GetRequiredService<ITickArchive>());
        BacktestSeries.Store(_rig.Services.GetRequiredService<IBarArchive>());
        BacktestSeries.Store(_rig.Services.GetRequiredService<IBarArchive>(), "BINANCE.ETHUSDT");
    }

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Backtest_OverTicks_EqualsTheVerbRecordByRecord()
    {
        string[] words =
        [
            "sma-cross", "--symbols", "TA505", "--source", "live", "--from", "2025-03-03", "--to", "2025-03-05", "--timeframe", "1m", "--set", "fast=2", "--set", "slow=5", "--cash", "500000", "--latency-ms", "1500",
            "--jitter-ms", "700", "--seed", "5", "--out", "result.json",
        ];
        var wish = TickBacktestWish.Read(new(words), _rig.Services.GetRequiredService<IStrategyDefinitions>(), _rig.Services.GetRequiredService<ContractCatalog>());
        wish.Mistakes.ShouldBeEmpty();
        var verb = _rig.Services.GetRequiredService<TickBench>().Play(wish.Request!, null, CancellationToken.None).Value;

        var id = await DoneAsync(Wish);

        var answer = (await _rig.GetAsync($"/api/backtests/{id}")).Body;
        var report = (await _rig.GetAsync($"/api/backtests/{id}/report")).Body.Deserialize<QuantDash.Core.Backtesting.Reports.BacktestReport>(ApiJson.Options)!;
        verb.Trades.Count.ShouldBeGreaterThan(20);
        report.Orders.Select(order => (order.At, order.Side, order.Offset, order.Volume, order.FilledVolume, order.AveragePrice))
            .ShouldBe(verb.Orders.Select(order => ((DateTimeOffset?)order.CreatedAt, order.Side, order.Offset, order.Volume.Value, order.FilledVolume.Value, order.AverageFillPrice?.Value)));
        var round = verb.Contracts.Values.Single().RoundTrips;
        report.Trades.Select(trade => (trade.EntryTime, trade.ExitTime, trade.Volume, trade.Pnl, trade.Fee))
            .ShouldBe(round.Select(trade => (verb.Trades[trade.EntryOrder].Fill.OccurredAt, verb.Trades[trade.ExitOrder].Fill.OccurredAt, trade.Volume, trade.Pnl, trade.Fee)));
        report.Statistics.FinalEquity.ShouldBe(verb.Funds.Equity!.Value);
        report.Statistics.Fees.ShouldBe(verb.Trades.Sum(trade => trade.Accounting.Fee));
        report.Equity.Take(verb.Equity.Count - 1).Select(point => (point.At, point.Equity)).ShouldBe(verb.Equity.SkipLast(1).Select(point => (point.At, Math.Round((double)point.Equity, 4))));
        (answer.GetProperty("on").GetString(), answer.GetProperty("source").GetString(), answer.GetProperty("ticks").GetInt32(), answer.GetProperty("ticks_refused").GetInt32()).ShouldBe(("ticks", "live", verb.Ticks, verb.Rejected));
        answer.GetProperty("latency_ms").GetDecimal().ShouldBe(1500m);
        (await _rig.Client.GetStringAsync($"/api/backtests/{id}/report.html")).ShouldContain("order latency 1,500 ms, jitter up to 700 ms");
    }

    [Fact]
    public async Task SpanWithinWhatIsRecorded_PlaysThoseDaysAlone()
    {
        var id = await DoneAsync(Wish.Replace("\"timeframe\"", "\"from\":\"2025-03-04\",\"to\":\"2025-03-04\",\"timeframe\"", StringComparison.Ordinal));

        (await _rig.GetAsync($"/api/backtests/{id}/report")).Body.GetProperty("days").EnumerateArray().Select(day => day.GetProperty("day").GetString()).ShouldBe(["2025-03-04"]);
    }

    [Theory]
    [InlineData("\"symbol\":\"TA505\"", "\"symbol\":\"MA505\"", "symbol", "backtest_no_ticks", "CZCE.TA2505 (live)")]
    [InlineData("\"symbol\":\"TA505\"", "\"symbol\":\"TA505\",\"source\":\"other\"", "symbol", "backtest_no_ticks", "CZCE.TA2505 (live)")]
    [InlineData("\"symbol\":\"TA505\"", "\"symbol\":\"TA505\",\"from\":\"2025-03-06\",\"to\":\"2025-03-09\"", "from", "backtest_no_tick_days", "2025-03-03, 2025-03-04, 2025-03-05")]
    [InlineData("\"symbol\":\"TA505\"", "\"symbol\":\"TA505\",\"to\":\"2025-02-09\"", "to", "backtest_no_tick_days", "2025-03-03")]
    [InlineData("\"symbol\":\"TA505\"", "\"symbol\":\"TA505\",\"from\":\"2025-03-06\",\"to\":\"2025-03-05\"", "from", "backtest_span", "2025-03-06")]
    [InlineData("\"symbol\":\"TA505\"", "\"symbol\":\"no such\"", "symbol", "invalid_symbol", "no such")]
    [InlineData("\"timeframe\":\"1m\",", "", "timeframe", "required", "")]
    [InlineData("\"1m\"", "\"1d\"", "timeframe", "backtest_tick_timeframe", "1d")]
    [InlineData("\"latency_ms\":1500", "\"latency_ms\":-1", "latency_ms", "out_of_range", "60000")]
    [InlineData("\"jitter_ms\":700", "\"jitter_ms\":70000", "jitter_ms", "out_of_range", "60000")]
    [InlineData("\"seed\":5", "\"commission\":0.001", "commission", "backtest_bars_only", "over bars")]
    [InlineData("\"seed\":5", "\"sweep\":{\"x\":{\"parameter\":\"fast\",\"from\":1,\"to\":2,\"step\":1},\"y\":{\"parameter\":\"slow\",\"from\":5,\"to\":9,\"step\":1}}", "sweep", "backtest_bars_only", "over bars")]
    [InlineData("\"on\":\"ticks\"", "\"on\":\"bars\"", "latency_ms", "backtest_ticks_only", "over recorded ticks")]
    [InlineData("\"on\":\"ticks\"", "\"on\":\"quotes\"", "on", "not_allowed", "quotes")]
    public async Task WrongRequest_NamesTheFieldAndWhatIsRecorded(string part, string instead, string field, string code, string said)
    {
        var answer = await _rig.PostAsync("/api/backtests", Wish.Replace(part, instead, StringComparison.Ordinal));

        ((int)answer.Status).ShouldBe(422, answer.Body.ToString());
        ApiRig.Codes(answer.Body).ShouldContain($"{field} {code}");
        answer.Body.ToString().ShouldContain(said);
        (await _rig.GetAsync("/api/backtests")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task TicksOutsideEverySession_AreRefusedWithWhatHelps()
    {
        var archive = _rig.Services.GetRequiredService<ITickArchive>();
        var contract = _rig.Services.GetRequiredService<ContractCatalog>().Find(QuantDash.Core.Primitives.Symbol.ParseCanonical("CZCE.TA2509"), TickWave.Days[0])!;
        archive.Append(new("demo"), contract, TickWave.Days[0], [.. TickWave.Ticks(TickWave.Days[0]).Select(tick => tick with { OccurredAt = tick.OccurredAt.AddHours(9), ReceivedAt = tick.OccurredAt.AddHours(9) })]);
        var wish = Wish.Replace("TA505", "TA509", StringComparison.Ordinal);

        var id = await EndedAsync(wish, "failed");
        (await _rig.GetAsync($"/api/backtests/{id}")).Body.GetProperty("error").GetString()!.ShouldContain("sessions_always");

        await DoneAsync(wish.Replace("\"seed\":5", "\"sessions_always\":true", StringComparison.Ordinal));
    }

    [Fact]
    public async Task KeptFile_OfBeforeThereWereTicks_IsOverBars()
    {
        var id = await DoneAsync("""{"strategy":"sma-cross","symbol":"US.WAVE"}""");
        var path = Path.Combine(_rig.DataDirectory, "backtests", id, "run.json");
        var kept = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        foreach (var name in (string[])["on", "funding_rate", "funding", "latency_ms", "jitter_ms", "sessions_always", "expiry_none"]) kept["request"]!.AsObject().Remove(name).ShouldBeTrue(name);
        foreach (var name in (string[])["ticks", "ticks_refused"]) kept.AsObject().Remove(name).ShouldBeTrue(name);
        await File.WriteAllTextAsync(path, kept.ToJsonString());

        var record = ActivatorUtilities.CreateInstance<BacktestShelf>(_rig.Services).Find(Guid.Parse(id))!;

        (record.State, record.Request.On, record.Request.Funding, record.Request.LatencyMs).ShouldBe((BacktestState.Done, BacktestBasis.Bars, null, 0m));
    }

    [Fact]
    public async Task Funding_AsARateOrAsItsPayments_IsTheSame_AndTakenFromTheEquity()
    {
        var payments = string.Join(',', Enumerable.Range(2, 6).SelectMany(day => (int[])[0, 8, 16], (day, hour) => $$"""{"timestamp":"2024-01-{{day:00}}T{{hour:00}}:00:00Z","rate":0.001}"""));

        var plain = await StatisticsAsync(await DoneAsync(Perpetual));
        var rated = await DoneAsync(Perpetual.Replace("\"cash\"", "\"funding_rate\":0.001,\"cash\"", StringComparison.Ordinal));
        var paid = await DoneAsync(Perpetual.Replace("\"cash\"", $"\"funding\":[{payments}],\"cash\"", StringComparison.Ordinal));

        var (first, second) = (await StatisticsAsync(rated), await StatisticsAsync(paid));
        var funding = first.GetProperty("funding").GetDecimal();
        funding.ShouldNotBe(0m);
        second.GetRawText().ShouldBe(first.GetRawText());
        first.GetProperty("final_equity").GetDecimal().ShouldBe(plain.GetProperty("final_equity").GetDecimal() - funding);
        (await _rig.Client.GetStringAsync($"/api/backtests/{rated}/report.html")).ShouldContain("funding 0.1000% at 00:00");
        (await _rig.Client.GetStringAsync($"/api/backtests/{paid}/report.html")).ShouldContain("funding of 18 given payments");
        (await _rig.GetAsync($"/api/backtests/{paid}")).Body.GetProperty("funding_payments").GetInt32().ShouldBe(18);
    }

    [Theory]
    [InlineData("US.WAVE", "\"funding_rate\":0.001", "funding_rate", "backtest_no_perpetual")]
    [InlineData("US.WAVE", "\"funding\":[]", "funding", "backtest_no_perpetual")]
    [InlineData("BINANCE.ETHUSDT", "\"funding_rate\":0.2", "funding_rate", "out_of_range")]
    [InlineData("BINANCE.ETHUSDT", "\"funding_rate\":0.01,\"funding\":[]", "funding", "backtest_funding_twice")]
    [InlineData("BINANCE.ETHUSDT", "\"funding\":[{\"timestamp\":\"2024-01-02T00:00:00Z\",\"rate\":0.2}]", "funding[0].rate", "out_of_range")]
    [InlineData("BINANCE.ETHUSDT", "\"funding\":[{\"timestamp\":\"2024-01-02T00:00:00Z\",\"rate\":0.01},{\"timestamp\":\"2024-01-02T00:00:00Z\",\"rate\":0.01}]", "funding[1].timestamp", "funding_order")]
    [InlineData("BINANCE.ETHUSDT", "\"funding\":[{\"rate\":0.01}]", "funding[0].timestamp", "required")]
    public async Task WrongFunding_NamesTheField(string symbol, string funding, string field, string code)
    {
        var answer = await _rig.PostAsync("/api/backtests", Perpetual.Replace("BINANCE.ETHUSDT", symbol, StringComparison.Ordinal).Replace("\"cash\"", funding + ",\"cash\"", StringComparison.Ordinal));

        ((int)answer.Status).ShouldBe(422, answer.Body.ToString());
        ApiRig.Codes(answer.Body).ShouldContain($"{field} {code}");
    }

    private async Task<JsonElement> StatisticsAsync(string id) => (await _rig.GetAsync($"/api/backtests/{id}")).Body.GetProperty("statistics");

    private Task<string> DoneAsync(string wish) => EndedAsync(wish, "done");

    private async Task<string> EndedAsync(string wish, string state)
    {
        var started = await _rig.PostAsync("/api/backtests", wish);
        started.Status.ShouldBe(HttpStatusCode.Created, started.Body.ToString());
        var id = started.Body.GetProperty("id").GetString()!;
        for (var i = 0; i < 2400; i++)
        {
            var answer = (await _rig.GetAsync($"/api/backtests/{id}")).Body;
            if (answer.GetProperty("state").GetString() is not ("waiting" or "running") and var ended)
            {
                ended.ShouldBe(state, answer.ToString());
                return id;
            }

            await Task.Delay(25);
        }

        throw new TimeoutException(id);
    }
}
