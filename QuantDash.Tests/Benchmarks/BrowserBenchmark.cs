using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Playwright;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Benchmarks;

/// <summary>The real process and a real Chromium: how long after a tick was posted its price stands in the page, and how long a page needs from the address to
/// live numbers. Sender and browser share the machine and so the clock.</summary>
internal static class BrowserBenchmark
{
    private const string Password = "correct-horse-battery";
    private const string Key = "qd_bench_0123456789abcdef0123456789abcdef";
    private const int Symbols = 50;
    private const int TicksPerSecond = 4;
    private const int SymbolsPerPost = 5;
    private const int BasePrice = 3000;
    private const int PageLoads = 12;
    private const double QuotePace = 200;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(25);

    private static readonly string[] Names =
    [
        .. from product in (string[])["rb", "hc", "cu", "al", "zn"]
           from month in Enumerable.Range(1, 10)
           select string.Create(CultureInfo.InvariantCulture, $"SHFE.{product}27{month:00}"),
    ];

    public static IReadOnlyList<BenchmarkRow> Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task<IReadOnlyList<BenchmarkRow>> RunAsync()
    {
        if (Requirements.Browser is { } missing) throw new InvalidOperationException(missing);
        var fixture = new BrowserFixture();
        await fixture.InitializeAsync();
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>
        {
            ["QuantDash__Auth__AdminPassword"] = Password, ["QuantDash__Auth__BootstrapApiKey"] = Key, ["QuantDash__Demo"] = "false",
        });
        try
        {
            var load = await TickLoad.StartAsync(app.Client);
            var page = await SignInAsync(fixture, app.Address);
            var delays = await WatchAsync(page, app.Address, load);
            var (first, worst) = await LoadPagesAsync(page, app.Address);
            await load.StopAsync();
            return
            [
                new("tick posted → text in the browser above the pace, 50 × 4/s, p50", Percentile.Of(delays, 0.5) - QuotePace, Budget: 100, "ms"),
                new("… p99", Percentile.Of(delays, 0.99) - QuotePace, Budget: 100, "ms"),
                new("first page, warm server → live numbers, median", first, Budget: 500, "ms"),
                new("… worst of 12", worst, Budget: 500, "ms", Noise: 1),
            ];
        }
        finally
        {
            await fixture.DisposeAsync();
        }
    }

    private static async Task<IPage> SignInAsync(BrowserFixture browser, Uri address)
    {
        var page = await browser.OpenAsync(address);
        await page.Locator("input[name=name]").FillAsync("admin");
        await page.Locator("input[name=password]").FillAsync(Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("main#content").WaitForAsync();
        return page;
    }

    /// <summary>Milliseconds from the post of a tick to its price in the watch list, for every price that was shown.</summary>
    private static async Task<List<double>> WatchAsync(IPage page, Uri address, TickLoad load)
    {
        await page.GotoAsync(new Uri(address, "/market").ToString());
        await page.Locator(".watch tbody tr").Nth(Symbols - 1).WaitForAsync();
        await Task.Delay(WarmUp);
        await page.EvaluateAsync("""
            () => {
                window.seen = [];
                const shown = new Map();
                const look = () => {
                    const at = performance.timeOrigin + performance.now();
                    for (const row of document.querySelectorAll(".watch tbody tr")) {
                        const name = row.querySelector("b").textContent, price = row.querySelector(".price").textContent.trim();
                        if (shown.get(name) === price) continue;
                        if (shown.has(name)) window.seen.push([name, price, at]);
                        shown.set(name, price);
                    }
                };
                look();
                new MutationObserver(look).observe(document.querySelector(".watch tbody"), { subtree: true, childList: true, characterData: true });
            }
            """);
        await Task.Delay(Length);
        var seen = await page.EvaluateAsync<JsonElement>("() => window.seen");
        return [.. seen.EnumerateArray().Select(s => Delay(s, load)).OfType<double>()];
    }

    private static double? Delay(JsonElement seen, TickLoad load) =>
        load.PostedAt(seen[0].GetString()!, decimal.Parse(seen[1].GetString()!, CultureInfo.InvariantCulture)) is { } posted
            ? seen[2].GetDouble() - posted
            : null;

    /// <summary>Median and worst time to the equity in the bar, of a browser that has the files.</summary>
    private static async Task<(double Median, double Worst)> LoadPagesAsync(IPage page, Uri address)
    {
        var times = new List<double>();
        for (var i = 0; i < PageLoads + 2; i++)
        {
            await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.Commit });
            var handle = await page.WaitForFunctionAsync(
                "() => /\\d/.test(document.querySelector('.bar .numbers dd')?.textContent ?? '') && performance.now()", null, new() { PollingInterval = 5 });
            if (i >= 2) times.Add(await handle.JsonValueAsync<double>());
        }

        return (Percentile.Of(times, 0.5), times.Max());
    }

    /// <summary>Posts ticks as a bridge would, evenly over the second; every price of a contract is another one, so that the page tells which tick it shows.</summary>
    private sealed class TickLoad
    {
        private readonly HttpClient _client;
        private readonly Dictionary<(string Symbol, decimal Price), double> _posted = [];
        private readonly CancellationTokenSource _stop = new();
        private Task _run = Task.CompletedTask;

        private TickLoad(HttpClient client) => _client = client;

        public static async Task<TickLoad> StartAsync(HttpClient client)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
            await MustAsync(client, "api/sources", """{"name":"load","clock":"wall","overrides":{"sessions":"always","expiry":"none"}}""");
            await MustAsync(client, "api/accounts", """{"name":"Load","venue":"simulated","currency":"CNY","source":"load"}""");
            var load = new TickLoad(client);
            load._run = load.RunAsync(load._stop.Token);
            return load;
        }

        /// <summary>Unix milliseconds; null for a price that was never sent.</summary>
        public double? PostedAt(string symbol, decimal price)
        {
            lock (_posted) return _posted.TryGetValue((symbol, price), out var at) ? at : null;
        }

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _run;
            _stop.Dispose();
        }

        private async Task RunAsync(CancellationToken stop)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds((double)SymbolsPerPost / (Symbols * TicksPerSecond)));
            var next = 0;
            try
            {
                while (await timer.WaitForNextTickAsync(stop))
                {
                    await PostAsync(next);
                    next++;
                }
            }
            catch (OperationCanceledException)
            {
                // The measurement is over.
            }
        }

        private async Task PostAsync(int number)
        {
            var round = number / (Symbols / SymbolsPerPost);
            var first = number % (Symbols / SymbolsPerPost) * SymbolsPerPost;
            var at = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalMilliseconds;
            var price = BasePrice + (5m * (round % 1000));
            lock (_posted)
            {
                for (var i = first; i < first + SymbolsPerPost; i++) _posted[(Names[i], price)] = at;
            }

            var ticks = Enumerable.Range(first, SymbolsPerPost).Select(i => string.Create(
                CultureInfo.InvariantCulture, $$"""{"symbol":"{{Names[i]}}","timestamp":{{(long)at}},"last_price":{{price}},"volume":{{number}}}"""));
            await MustAsync(_client, "api/ticks?source=load", $"[{string.Join(',', ticks)}]");
        }

        private static async Task MustAsync(HttpClient client, string path, string body)
        {
            using var answer = await client.PostAsync(path, Json.Of(body));
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path} {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
