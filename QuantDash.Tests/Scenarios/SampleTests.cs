using System.Collections.Concurrent;
using System.Text;
using QuantDash.Samples;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Scenarios;

/// <summary>docs/samples/LockFromCode.cs against the real server on a real port.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task LockFromCode_LooksArmsAndFollowsToTheExecutedLock()
    {
        await using var app = new KestrelApp();
        using var http = new HttpClient { BaseAddress = app.Address };
        http.DefaultRequestHeaders.Add("X-API-Key", TradingClient.Key);
        var at = 0;
        await PostAsync("/api/sources", """{"name":"test","clock":"ticks","overrides":{"sessions":"always","expiry":"none"}}""");
        await PostAsync("/api/accounts", """{"name":"test","venue":"simulated","currency":"CNY","source":"test","external_id":"Q1"}""");
        await TickAsync(5000);
        await PostAsync("/api/position_snapshots", """{"account_id":"Q1","timestamp":"2025-01-06T01:30:00Z","complete":true,"positions":[{"symbol":"CZCE.TA2505","long_position":10,"long_today":0,"long_avg_price":5000,"short_position":0}]}""");
        await using var output = new Lines();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        var run = LockFromCode.RunAsync(app.Address, TradingClient.Key, "Q1", "CZCE.TA2505", 10_000m, output, patience.Token);
        while (!output.ToString().Contains("is armed", StringComparison.Ordinal))
        {
            run.IsCompleted.ShouldBeFalse(output.ToString());
            await Task.Delay(20, patience.Token);
        }

        while (!run.IsCompleted)
        {
            await TickAsync(5200);
            await Task.WhenAny(run, Task.Delay(50, patience.Token));
        }

        (await run).ShouldBe(0, output.ToString());
        output.ToString().ShouldContain("Locking 10 lots now would freeze");

        Task TickAsync(double last) => PostAsync("/api/ticks?source=test", $"[{Web.Api.ApiRig.Tick(last, at++ % 60)}]");

        async Task PostAsync(string path, string body)
        {
            using var answer = await http.PostAsync(path, Json.Of(body));
            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        }
    }

    /// <summary>May be read while it is written.</summary>
    private sealed class Lines : TextWriter
    {
        private readonly ConcurrentQueue<string> _lines = [];

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value) => _lines.Enqueue(value ?? "");

        public override string ToString() => string.Join('\n', _lines);
    }
}
