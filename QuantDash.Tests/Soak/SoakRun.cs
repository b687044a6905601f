using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Observability;

namespace QuantDash.Tests.Soak;

/// <summary>RELIABILITY.md C6 and the soak of issue 4: the real program and a real browser for minutes, millions of ticks, thousands of rules; what it holds on to, looked at all along.</summary>
internal sealed class SoakRun(AppProcess app, SoakWish wish, TextWriter output) : IDisposable
{
    public const string Password = "correct-horse-battery-1";
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2); // Files and charts may be tens of thousands of ticks behind.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly SoakContract[] Contracts =
    [
        new("SHFE.rb2701", 1, 3_000), new("SHFE.al2701", 5, 20_000), new("SHFE.rb2705", 1, 3_000), new("SHFE.al2705", 5, 20_000),
        new("SHFE.hc2701", 1, 3_000), new("SHFE.cu2701", 10, 80_000), new("SHFE.hc2705", 1, 3_000), new("SHFE.cu2705", 10, 80_000),
    ];

    private readonly List<SoakSample> _samples = [];
    private readonly HttpClient _scraper = Scraper(app.Address);

    /// <summary>False: something grew.</summary>
    public async Task<bool> RunAsync()
    {
        SoakFeed[] feeds = [new(app.Address, 1, Contracts[..4]), new(app.Address, 2, Contracts[4..])];
        var desk = new SoakDesk(TradingClient.Of(app), Contracts);
        await desk.BeginAsync(() => Task.WhenAll(feeds.Select(feed => feed.SendAsync(8))));
        await desk.ArmAsync(wish.Rules);
        await using var browser = await SoakBrowser.OpenAsync(app.Address);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{desk.Rules} rules are armed, a browser looks; {wish}"));
        var clock = Stopwatch.StartNew();
        using var stop = new CancellationTokenSource();
        var unlocking = desk.UnlockAsync(stop.Token);
        var feeding = Task.WhenAll(feeds.Select(feed => feed.RunAsync(long.MaxValue, wish.TicksPerSecond / feeds.Length, stop.Token)));
        while ((clock.Elapsed < wish.Time || feeds.Sum(feed => feed.Sent) < wish.Ticks) && clock.Elapsed < wish.Longest && !feeding.IsCompleted)
        {
            await Task.WhenAny(Task.Delay(Pace), feeding);
            await SampleAsync(feeds, clock.Elapsed);
        }

        await stop.CancelAsync();
        await feeding;
        await unlocking;
        var holds = await JudgeAsync(feeds, desk, browser, clock.Elapsed);
        foreach (var feed in feeds) feed.Dispose();
        return holds;
    }

    public void Dispose() => _scraper.Dispose();

    private async Task SampleAsync(SoakFeed[] feeds, TimeSpan at)
    {
        var busy = await ScrapeAsync();
        var held = await Task.WhenAll(feeds.Select(feed => feed.PauseAsync()));
        try
        {
            await Task.Delay(Quiet);
            var before = await ScrapeAsync();
            await ForcedCollection.OfAsync(app.ProcessId);
            _samples.Add(SoakSample.Of(at, app.ProcessId, busy, before, await CollectedAsync(before), _samples.LastOrDefault()));
        }
        finally
        {
            foreach (var one in held) one.Dispose();
        }

        output.WriteLine(Line(_samples[^1], feeds));
        await output.FlushAsync();
    }

    private static string Line(SoakSample sample, SoakFeed[] feeds) => string.Create(CultureInfo.InvariantCulture,
        $"{sample.At:mm\\:ss}  {feeds.Sum(feed => feed.Sent),11:N0} ticks  held {sample.Heap / 1048576,7:0.00} MB of {sample.Size / 1048576,7:0.00}  process {sample.Memory / 1048576,4:0} MB  handles {sample.Handles,3}  threads {sample.Threads,3}  queued {sample.Queued,3:0}  orders {sample.Metrics["quantdash_orders_total{state=\"filled\"}"],7:0}  forced pause {sample.Forced * 1000,5:0.0} ms");

    private async Task<bool> JudgeAsync(SoakFeed[] feeds, SoakDesk desk, SoakBrowser browser, TimeSpan took)
    {
        var last = _samples[^1].Metrics;
        var (sent, accepted) = (feeds.Sum(feed => feed.Sent), feeds.Sum(feed => feed.Accepted));
        var refused = string.Join(", ", feeds.SelectMany(feed => feed.Refused).GroupBy(one => one.Key, one => one.Value).Select(one => $"{one.Key} {one.Sum():N0}"));
        var looks = await browser.IsLiveAsync();
        var verdict = new SoakVerdict(_samples);
        var uptime = SoakUptime.Of(last);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            {took:hh\:mm\:ss}, {sent:N0} ticks sent ({sent / took.TotalSeconds:N0}/s), {accepted:N0} let in, refused: {(refused.Length == 0 ? "none" : refused)}; left out of files and charts: {last["quantdash_ticks_unrecorded_total"]:N0}
            {desk.Rules} rules; {Sum(last, "quantdash_rules_fired_total"):N0} firings, {last["quantdash_orders_total{state=\"filled\"}"]:N0} orders filled, {last["quantdash_fills_total"]:N0} fills; {desk.Unlocks:N0} unlocks by hand ({desk.Busy:N0} found nothing to unlock)
            the browser is {(looks ? "live" : "DEAD")}; circuits {last["quantdash_browser_circuits"]:0}; journal {last["quantdash_journal_sequence_total"]:N0} steps, audit {last["quantdash_audit_head_number"]:N0} entries
            {uptime}
            {verdict}
            """));
        var enough = sent >= wish.Ticks && took >= wish.Time;
        if (!enough) output.WriteLine("NOT ENOUGH: fewer ticks or less time than were asked for");
        return verdict.Holds && uptime.Holds && enough && looks && accepted == sent;
    }

    private static double Sum(Scrape scrape, string name) =>
        scrape.Text.Split('\n').Where(line => line.StartsWith(name + "{", StringComparison.Ordinal)).Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    /// <summary>The first look after a full collection was counted.</summary>
    private async Task<Scrape> CollectedAsync(Scrape before)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var now = await ScrapeAsync();
            if (SoakSample.Full(now) > SoakSample.Full(before)) return now;
            if (patience.Elapsed > Patience) throw new TimeoutException("The program did not collect its heap when it was asked to.");
            await Task.Delay(20);
        }
    }

    private async Task<Scrape> ScrapeAsync() => new(await _scraper.GetStringAsync("metrics"));

    private static HttpClient Scraper(Uri address)
    {
        var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", TradingClient.Key);
        return client;
    }
}

/// <param name="Time">At least so long.</param>
/// <param name="Ticks">At least so many.</param>
/// <param name="Rules">Armed before it begins.</param>
internal sealed record SoakWish(TimeSpan Time, long Ticks, int Rules)
{
    /// <summary>A machine that does other things too takes its time.</summary>
    public TimeSpan Longest => 4 * Time;

    /// <summary>A little more than needed, since the feed stands still while it is looked at.</summary>
    public double TicksPerSecond => 1.08 * Ticks / Time.TotalSeconds;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time.TotalMinutes:0.#} minutes and {Ticks:N0} ticks, {TicksPerSecond:N0}/s");
}

/// <summary>A page that somebody looks at all the time.</summary>
internal sealed class SoakBrowser : IAsyncDisposable
{
    private readonly BrowserFixture _browser = new();
    private IPage? _page;

    public static async Task<SoakBrowser> OpenAsync(Uri address)
    {
        if (Requirements.Browser is { } missing) throw new InvalidOperationException(missing);
        var soak = new SoakBrowser();
        await soak._browser.InitializeAsync();
        var page = soak._page = await soak._browser.OpenAsync(address);
        await page.Locator("input[name=name]").FillAsync("admin");
        await page.Locator("input[name=password]").FillAsync(SoakRun.Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("main#content").WaitForAsync();
        return soak;
    }

    /// <summary>Whether what it shows still changes.</summary>
    public async Task<bool> IsLiveAsync()
    {
        try
        {
            var shown = await _page!.Locator("main#content").InnerTextAsync();
            await _page.WaitForFunctionAsync("shown => document.querySelector('main#content').innerText !== shown", shown, new() { Timeout = 15_000 });
            return true;
        }
        catch (Exception error) when (error is PlaywrightException or TimeoutException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync() => await _browser.DisposeAsync();
}
