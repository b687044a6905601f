using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Playwright;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>The real app with its demo, gone through the whole script: every rule had its turn. Then something in every list: rules far from firing, an order
/// that waits, ticks that were refused, an imported day.</summary>
internal sealed class DemoRun : IAsyncDisposable
{
    public const string Password = "correct-horse-battery";
    private const string Key = "qd_walk_0123456789abcdef0123456789abcdef";

    /// <summary>The script's last firing comes at about 144 s; a busy machine is late.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    private readonly AppProcess _app;

    private DemoRun(AppProcess app)
    {
        _app = app;
        _app.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public Uri Address => _app.Address;

    public static async Task<DemoRun> StartAsync()
    {
        var run = new DemoRun(await AppProcess.StartAsync(new Dictionary<string, string>
        {
            ["QuantDash__Auth__AdminPassword"] = Password,
            ["QuantDash__Auth__BootstrapApiKey"] = Key,
            ["QuantDash__Demo"] = "true",
        }));
        try
        {
            await run.FillAsync();
            await run.UntilAllFiredAsync();
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>The cookies of a signed-in session.</summary>
    public async Task<string> SignInAsync(IBrowser browser)
    {
        await using var context = await browser.NewContextAsync();
        context.SetDefaultTimeout(BrowserFixture.Patience);
        var page = await context.NewPageAsync();
        await page.GotoAsync(Address.ToString());
        await page.Locator("input[name=name]").FillAsync("admin");
        await page.Locator("input[name=password]").FillAsync(Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("main#content").WaitForAsync();
        return await context.StorageStateAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task FillAsync()
    {
        var account = (await GetAsync("api/accounts")).GetProperty("items")[0].GetProperty("id").GetString()!;
        await PostAsync("api/lock/configs", $$"""{"account_id":"{{account}}","symbol":"DCE.v2505","direction":"short","trigger_type":"price","stop_loss_price":2950,"auto_execute":true}""");
        await PostAsync("api/lock/configs", $$"""{"account_id":"{{account}}","symbol":"CZCE.TA2505","direction":"long","trigger_type":"profit","profit_lock_enabled":true,"profit_lock_threshold":90000,"profit_lock_ratio":0.5}""");
        await PostAsync("api/orders", $$"""{"account_id":"{{account}}","symbol":"DCE.v2505","action":"close","direction":"short","price":2700,"volume":1}""");
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await PostAsync("api/ticks?source=demo", $$"""[{"symbol":"SHFE.rb2510","timestamp":{{now}},"last_price":-5},{"symbol":"SHFE.rb2510","timestamp":{{now - 86_400_000}},"last_price":3120}]""");
        await ImportAsync();
    }

    /// <summary>A short morning of an old contract, enough to be played.</summary>
    private async Task ImportAsync()
    {
        var start = new DateTimeOffset(2021, 1, 4, 9, 31, 0, TimeSpan.FromHours(8));
        var rows = Enumerable.Range(0, 1200).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{start.AddMilliseconds(500 * i).ToUnixTimeMilliseconds()},{5230 + (0.2 * ((i * 37 % 101) - 50)):0.0},{i * 3}"));
        using var body = new StringContent("timestamp,last_price,volume\n" + string.Join('\n', rows) + "\n");
        using var answer = await _app.Client.PostAsync("api/ticks/import?source=history&symbol=CFFEX.IF2101", body);
        await MustSucceedAsync(answer);
    }

    private async Task UntilAllFiredAsync()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var states = (await GetAsync("api/lock/triggers")).GetProperty("items").EnumerateArray().Select(t => t.GetProperty("execution_status").GetString()).ToList();
            if (states.Count(s => s == "executed") >= 3 && states.Contains("waiting_confirm")) return;
            if (clock.Elapsed > Patience) throw new TimeoutException($"The demo's rules did not all fire: {string.Join(", ", states)}\n{_app.Log}");
            await Task.Delay(500);
        }
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _app.Client.GetAsync(path);
        await MustSucceedAsync(answer);
        return await Json.ReadAsync(answer);
    }

    private async Task PostAsync(string path, string body)
    {
        using var answer = await _app.Client.PostAsync(path, Json.Of(body));
        await MustSucceedAsync(answer);
    }

    private static async Task MustSucceedAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{answer.RequestMessage?.RequestUri} {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
