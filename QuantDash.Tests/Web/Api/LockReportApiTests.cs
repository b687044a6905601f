using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace QuantDash.Tests.Web.Api;

/// <summary>锁仓成绩单 over HTTP, from what the engine itself wrote down.</summary>
public sealed class LockReportApiTests : IDisposable
{
    private readonly ApiRig _api = new();
    private int _second;
    private string _account = "";

    [Fact]
    public async Task Lock_OpenedUnlockedAndClosed_IsReportedFromWhatWasRecorded()
    {
        await StartAsync();
        await OrderAsync("open", 5110, 5100);
        await OrderAsync("lock", 5190, 5200);
        var lockId = (await _api.GetAsync("/api/locks")).Body.GetProperty("items")[0].GetProperty("id").GetString();
        var open = (await ReportAsync()).GetProperty("items")[0];
        (open.GetProperty("status").GetString(), open.GetProperty("made_afterwards").GetDecimal(), open.GetProperty("ended_at").ValueKind).ShouldBe(("active", 0m, JsonValueKind.Null));
        open.GetProperty("fees_to_come").ValueKind.ShouldBe(JsonValueKind.Number);

        await PushAsync(5150);
        (await _api.PostAsync("/api/lock/unlock", $$"""{"lock_id":"{{lockId}}","legs":"short","volume":4}""")).Status.ShouldBe(HttpStatusCode.OK);
        await PushUntilAsync(5150, shortLots: 0);
        await OrderAsync("close", 5240, 5250);

        var report = await ReportAsync();
        var item = report.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (item.GetProperty("lock_id").GetString(), item.GetProperty("locked_side").GetString(), item.GetProperty("status").GetString()).ShouldBe((lockId, "long", "unlocked"));
        (Number(item, "frozen_profit"), Number(item, "made_afterwards")).ShouldBe(((5198 - 5102) * 20m, (5248 - 5152) * 20m));
        Number(item, "fees_to_come").ShouldBe(0m);
        var paid = (await _api.GetAsync($"/api/trades?account_id={_account}")).Body.GetProperty("items").EnumerateArray().SkipLast(1).Sum(trade => Number(trade, "commission"));
        Number(item, "fees_paid").ShouldBe(paid, "of all trades but the one that opened the leg");
        Number(item, "lock_result").ShouldBe(Number(item, "frozen_profit") + Number(item, "made_afterwards") - paid);
        Number(item, "against_closing").ShouldBe(Number(item, "lock_result") - Number(item, "close_result"));
        Number(item, "against_holding").ShouldBe(Number(item, "lock_result") - Number(item, "hold_result"));
        item.GetProperty("verdict").GetString().ShouldBe("beat");
        var summary = report.GetProperty("summary");
        (summary.GetProperty("count").GetInt32(), summary.GetProperty("beat").GetInt32(), Number(summary, "against_closing"), summary.GetProperty("currency").GetString())
            .ShouldBe((1, 1, Number(item, "against_closing"), "CNY"));

        var csv = await _api.Client.GetStringAsync("/api/lock/report.csv");
        csv.Split("\r\n")[1].ShouldContain($"{lockId},,{_account},CZCE.TA2505,long,unlocked,4");
    }

    [Fact]
    public async Task Filters_AndPages_AreHeld()
    {
        await StartAsync();
        await OrderAsync("open", 5110, 5100);
        await OrderAsync("lock", 5190, 5200, lots: 2);
        await OrderAsync("lock", 5190, 5200, lots: 2, shortLots: 4);
        var first = await ReportAsync("&limit=1");
        first.GetProperty("summary").GetProperty("count").GetInt32().ShouldBe(2, "the summary is of all");
        var second = await ReportAsync("&limit=1&cursor=" + first.GetProperty("next_cursor").GetString());
        second.GetProperty("next_cursor").ValueKind.ShouldBe(JsonValueKind.Null);
        first.GetProperty("items")[0].GetProperty("lock_id").GetString().ShouldNotBe(second.GetProperty("items")[0].GetProperty("lock_id").GetString());

        var none = await ReportAsync("&from=2025-01-07T00:00:00Z");
        (none.GetProperty("items").GetArrayLength(), none.GetProperty("summary").GetProperty("beat_share").ValueKind).ShouldBe((0, JsonValueKind.Null));
        (await ReportAsync("&to=2025-01-07T00:00:00Z")).GetProperty("items").GetArrayLength().ShouldBe(2);

        var (status, problem) = await _api.GetAsync("/api/lock/report?from=yesterday&account_id=nobody&limit=0");
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ApiRig.Codes(problem).ShouldBe(["from not_a_time", "account_id unknown_account", "limit out_of_range"], ignoreOrder: true);
        ApiRig.Codes((await _api.GetAsync("/api/lock/report?cursor=x")).Body).ShouldBe(["cursor not_a_cursor"]);
    }

    public void Dispose() => _api.Dispose();

    private static decimal Number(JsonElement item, string name) => item.GetProperty(name).GetDecimal();

    private async Task StartAsync()
    {
        await _api.ReadyAsync();
        var (status, account) = await _api.PostAsync("/api/accounts", """{"name":"report","venue":"simulated","currency":"CNY","source":"test","initial_balance":1000000}""");
        status.ShouldBe(HttpStatusCode.Created, account.ToString());
        _account = account.GetProperty("id").GetString()!;
        await PushAsync(5100);
    }

    private async Task<JsonElement> ReportAsync(string more = "")
    {
        var (status, report) = await _api.GetAsync($"/api/lock/report?account_id={_account}{more}");
        status.ShouldBe(HttpStatusCode.OK, report.ToString());
        return report;
    }

    /// <summary>Given at the quote before, filled at this one.</summary>
    private async Task OrderAsync(string action, double limit, double last, int lots = 4, int? shortLots = null)
    {
        await PushAsync(last);
        var (status, order) = await _api.PostAsync("/api/orders", $$"""{"account_id":"{{_account}}","symbol":"CZCE.TA2505","action":"{{action}}","direction":"long","volume":{{lots}},"price":{{limit}}}""");
        status.ShouldBe(HttpStatusCode.Created, order.ToString());
        if (action == "lock") await PushUntilAsync(last, shortLots: shortLots ?? lots);
        else await PushUntilAsync(last, longLots: action == "open" ? lots : 0);
    }

    private Task PushAsync(double last) => _api.PushAsync(ApiRig.Tick(last, 0).Replace("01:30:00", TimeSpan.FromMinutes(90).Add(TimeSpan.FromSeconds(_second++)).ToString("c", CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("\"volume\":1000", string.Create(CultureInfo.InvariantCulture, $"\"volume\":{1000 + _second}"), StringComparison.Ordinal));

    private async Task PushUntilAsync(double last, int? longLots = null, int? shortLots = null)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            await PushAsync(last);
            var held = (await _api.GetAsync($"/api/positions?account_id={_account}")).Body.GetProperty("items").EnumerateArray().FirstOrDefault();
            var (longs, shorts) = held.ValueKind == JsonValueKind.Undefined ? (0m, 0m) : (Number(held, "long_position"), Number(held, "short_position"));
            if ((longLots ?? longs) == longs && (shortLots ?? shorts) == shorts) return;
            if (patience.Elapsed > TimeSpan.FromSeconds(60)) throw new TimeoutException(held.ToString());
            await Task.Delay(50);
        }
    }
}
