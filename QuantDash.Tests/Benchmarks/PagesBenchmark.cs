using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage;

namespace QuantDash.Tests.Benchmarks;

/// <summary>The real process and a real Chromium with 500 positions, 5,000 orders and 100,000 trades: how long until the first line of a page stands there, whether a long list that is
/// scrolled ever shows nothing, and what the queries behind it take.</summary>
internal static class PagesBenchmark
{
    private const string Password = "correct-horse-battery";
    private const int Positions = 500;
    private const int Orders = 5_000;
    private const int Trades = 100_000;
    private const int Loads = 8;
    private const int Reads = 30;

    private static readonly string[] Symbols =
    [
        .. (from product in (string[])["SHFE.rb", "SHFE.hc", "SHFE.cu", "SHFE.al", "SHFE.zn", "SHFE.pb", "SHFE.ni", "SHFE.sn", "SHFE.ru", "SHFE.fu", "SHFE.bu", "SHFE.sp", "SHFE.ss", "DCE.m", "DCE.y", "DCE.a", "DCE.p", "DCE.c", "DCE.cs", "DCE.l", "DCE.v", "DCE.pp"]
            from month in Enumerable.Range(1, 24)
            select string.Create(CultureInfo.InvariantCulture, $"{product}{27 + ((month - 1) / 12)}{((month - 1) % 12) + 1:00}")).Take(Positions),
    ];

    public static IReadOnlyList<BenchmarkRow> Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task<IReadOnlyList<BenchmarkRow>> RunAsync()
    {
        if (Requirements.Browser is { } missing) throw new InvalidOperationException(missing);
        var fixture = new BrowserFixture();
        await fixture.InitializeAsync();
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__Auth__AdminPassword"] = Password });
        try
        {
            var client = TradingClient.Of(app);
            var source = await client.SourceAsync("pages", "wall", always: true);
            var account = await client.AccountAsync("pages", source, 1_000_000_000m);
            await HoldAsync(client, account);
            await FillAsync(app, account);
            var page = await SignInAsync(fixture, app.Address);
            var (positions, orders, trades) = (
                await LoadAsync(page, app.Address, "positions", ".holdings tbody tr .mark"), await LoadAsync(page, app.Address, "orders", "#orders tbody tr .num"), await LoadAsync(page, app.Address, "trades", "#trades tbody tr .num", whole: "dl.totals dd"));
            var (blank, lines) = await ScrollAsync(page);
            var deep = await DeepCursorAsync(app);
            return
            [
                new($"/positions with {Positions}, address → first live number, median", positions.Median, Budget: 500, "ms"),
                new("… worst of 8", positions.Worst, Budget: 500, "ms", Noise: 1),
                new($"/orders of {Orders:N0}, address → first line, median", orders.Median, Budget: 500, "ms"),
                new("… worst of 8", orders.Worst, Budget: 500, "ms", Noise: 1),
                new($"/trades of {Trades:N0}, address → first line, median", trades.Median, Budget: 500, "ms"),
                new("… worst of 8", trades.Worst, Budget: 500, "ms", Noise: 1),
                new($"times that {lines:N0} scrolled lines left the screen blank", blank, Budget: 0, "times"),
                new("GET /api/trades, newest 100, median", await ReadAsync(app, "api/trades?limit=100"), Budget: 50, "ms"),
                new("… the page that begins 90,000 trades back", await ReadAsync(app, $"api/trades?limit=100&cursor={deep}"), Budget: 50, "ms"),
                new("… of one contract of 500", await ReadAsync(app, $"api/trades?limit=100&symbol={Symbols[^1]}"), Budget: 50, "ms"),
                new("GET /api/trades/totals of all", await ReadAsync(app, "api/trades/totals"), Budget: 1_000, "ms"),
                new("GET /api/trades.csv of all", await OnceAsync(app, "api/trades.csv"), Budget: 10_000, "ms"),
            ];
        }
        finally
        {
            await fixture.DisposeAsync();
        }
    }

    private static async Task HoldAsync(TradingClient client, string account)
    {
        foreach (var some in Symbols.Chunk(100))
        {
            await client.TicksAsync("pages", some.Select(symbol => new JsonObject
            {
                ["symbol"] = symbol, ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), ["last_price"] = 5000, ["bid_price"] = 4990, ["bid_volume"] = 10, ["ask_price"] = 5010, ["ask_volume"] = 10,
            }));
        }

        await client.PostAsync("api/position_snapshots", new JsonObject
        {
            ["account_id"] = account,
            ["positions"] = new JsonArray([.. Symbols.Select(symbol => new JsonObject { ["symbol"] = symbol, ["long_position"] = 3, ["long_today"] = 1, ["long_avg_price"] = 4900, ["short_position"] = 1, ["short_today"] = 0, ["short_avg_price"] = 5100 })]),
        });
    }

    /// <summary>Straight into the file: what counts is that they are there, not how they came.</summary>
    private static Task FillAsync(AppProcess app, string account)
    {
        var target = StorageTarget.Sqlite(Path.Combine(app.DataDirectory, "quantdash.db"), app.DataDirectory);
        var symbols = string.Join(',', Symbols.Select((symbol, index) => $"({index},'{symbol}')"));
        return StorageRig.RunAsync(target, $"""
            CREATE TEMP TABLE s(k INTEGER PRIMARY KEY, symbol TEXT); INSERT INTO s VALUES {symbols};
            BEGIN;
            WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n < {Orders - 1})
            INSERT INTO orders(id, account_id, symbol, direction, offset, type, price, time_in_force, volume, filled_volume, average_price, status, purpose, origin_id, child, trading_day, replay, created_at, updated_at)
            SELECT 'QD260105-' || n, '{account}', s.symbol, CASE n % 2 WHEN 0 THEN 'buy' ELSE 'sell' END, CASE n % 2 WHEN 0 THEN 'open' ELSE 'close' END, 'limit', 5000 + n % 50, 'day', 20, 20, '5000.5', 'filled', CASE n % 2 WHEN 0 THEN 'open' ELSE 'close' END,
                   printf('%08x-0000-4000-8000-%012x', n, n), 1, '2026-01-05', 0, strftime('%Y-%m-%dT%H:%M:%f', '2026-01-05T01:00:00', '+' || n || ' seconds') || '000Z', '2026-01-05T07:00:00.000000Z'
            FROM c JOIN s ON s.k = c.n % {Symbols.Length};
            WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n < {Trades - 1})
            INSERT INTO trades(id, trade_id, order_id, account_id, symbol, direction, offset, volume, price, commission, realised_pnl, close_pnl, trading_day, trade_time)
            SELECT printf('%08x-0000-4000-8000-%012x', n, n), 'T' || n, 'QD260105-' || (n / 20), '{account}', s.symbol, CASE (n / 20) % 2 WHEN 0 THEN 'buy' ELSE 'sell' END, CASE (n / 20) % 2 WHEN 0 THEN 'open' ELSE 'close' END, 1, 5000 + n % 50, 3.25,
                   CASE (n / 20) % 2 WHEN 0 THEN NULL ELSE (n % 400) - 190.5 END, NULL, '2026-01-05', strftime('%Y-%m-%dT%H:%M:%f', '2026-01-05T01:00:00', '+' || (n / 20.0) || ' seconds') || '000Z'
            FROM c JOIN s ON s.k = (c.n / 20) % {Symbols.Length};
            COMMIT;
            """);
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

    /// <param name="page">Signed in.</param>
    /// <param name="address">Of the app.</param>
    /// <param name="path">What is opened.</param>
    /// <param name="line">Its first number.</param>
    /// <param name="whole">What comes last: the next opening waits for it, so that it is not this one's sums that are measured.</param>
    private static async Task<(double Median, double Worst)> LoadAsync(IPage page, Uri address, string path, string line, string? whole = null)
    {
        var times = new List<double>();
        for (var i = 0; i < Loads + 2; i++)
        {
            await page.GotoAsync(new Uri(address, path).ToString(), new() { WaitUntil = WaitUntilState.Commit });
            var seen = await page.WaitForFunctionAsync("line => /\\d/.test(document.querySelector(line)?.textContent ?? '') && performance.now()", line, new() { PollingInterval = 5 });
            if (i >= 2) times.Add(await seen.JsonValueAsync<double>());
            if (whole is not null) await page.WaitForFunctionAsync("whole => /\\d/.test(document.querySelector(whole)?.textContent ?? '')", whole);
        }

        return (Percentile.Of(times, 0.5), times.Max());
    }

    /// <summary>From the top to the bottom of everything that the list holds, a screen at a time, looking after every step.</summary>
    private static async Task<(double Blank, int Lines)> ScrollAsync(IPage page)
    {
        while (await page.Locator("#older").CountAsync() > 0)
        {
            var before = await page.Locator("#trades tbody tr").CountAsync();
            await page.Locator("#older").ClickAsync();
            await page.WaitForFunctionAsync("before => document.querySelectorAll('#trades tbody tr').length > before", before);
        }

        var blank = await page.EvaluateAsync<int>("""
            async () => {
                const rows = [...document.querySelectorAll('#trades tbody tr')];
                let blank = 0;
                for (let at = 0; at < rows.length; at += 15) {
                    rows[at].scrollIntoView({ block: 'start' });
                    await new Promise(requestAnimationFrame);
                    const { left, top } = rows[at].getBoundingClientRect();
                    for (let y = Math.max(top, 0) + 200; y < innerHeight - 100; y += 40) {
                        const row = document.elementFromPoint(left + 60, y)?.closest('tr, section, main');
                        if (row?.tagName === 'TR' && !/\d/.test(row.textContent)) blank++;
                    }
                }
                return blank;
            }
            """);
        return (blank, await page.Locator("#trades tbody tr").CountAsync());
    }

    private static async Task<string> DeepCursorAsync(AppProcess app)
    {
        string? cursor = null;
        for (var read = 0; read < Trades * 9 / 10; read += 500)
        {
            var page = JsonNode.Parse(await app.Client.GetStringAsync($"api/trades?limit=500{(cursor is null ? "" : $"&cursor={cursor}")}"))!;
            cursor = page["next_cursor"]!.GetValue<string>();
        }

        return cursor!;
    }

    private static async Task<double> ReadAsync(AppProcess app, string path)
    {
        var times = new List<double>();
        for (var i = 0; i < Reads; i++) times.Add(await OnceAsync(app, path));
        return Percentile.Of(times, 0.5);
    }

    private static async Task<double> OnceAsync(AppProcess app, string path)
    {
        var start = Stopwatch.GetTimestamp();
        await using var answer = await app.Client.GetStreamAsync(path);
        await answer.CopyToAsync(Stream.Null);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
