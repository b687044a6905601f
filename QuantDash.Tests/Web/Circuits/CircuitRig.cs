using System.Net;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using QuantDash.Web.Observability;
using QuantDash.Web.Security;

namespace QuantDash.Tests.Web.Circuits;

/// <summary>The real host on a real port, a trader who is signed in, a feed that goes on, and a rule that has not fired.</summary>
internal sealed class CircuitRig : IAsyncDisposable
{
    public const string Trader = "circuits";
    private const string Symbol = "CZCE.TA2505";
    private readonly KestrelApp _app = new();
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false };
    private readonly HttpClient _http;
    private string _cookie = "";
    private int _second;

    private CircuitRig() => _http = new(_handler) { BaseAddress = _app.Address };

    public TradingClient Client => _app.Client;

    public string Account { get; private set; } = "";

    public OpenScreens Screens => _app.Services.GetRequiredService<OpenScreens>();

    public int WindowsHeld => _app.Services.GetRequiredService<OpenWindows>().Of(Trader);

    public static async Task<CircuitRig> StartAsync()
    {
        var rig = new CircuitRig();
        await SignedIn.AddUserAsync(rig._app.Services, Trader, Roles.Trader);
        using var answer = await SignedIn.PostAsync(rig._http, Trader, SignedIn.Password);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        rig._cookie = rig._handler.CookieContainer.GetCookieHeader(rig._app.Address);
        await rig.Client.SourceAsync("circuits", "ticks", always: true);
        await rig.TickAsync(5000);
        rig.Account = await rig.Client.AccountAsync("circuits", "circuits");
        await rig.Client.HoldAsync(rig.Account, Symbol, "long", 4, 4900);
        await rig.Client.RuleAsync(new() { ["account_id"] = rig.Account, ["symbol"] = Symbol, ["direction"] = "long", ["trigger_type"] = "price", ["trigger_price"] = 5500, ["auto_execute"] = true });
        return rig;
    }

    public async Task<CircuitClient> OpenAsync(string path = "/market", bool acknowledges = true)
    {
        var page = new CircuitClient { Acknowledges = acknowledges };
        await page.OpenAsync(_app.Address, _http, _cookie, path);
        return page;
    }

    public async Task TickAsync(decimal price)
    {
        var at = new DateTimeOffset(2025, 1, 6, 1, 30, 0, TimeSpan.Zero).AddSeconds(++_second);
        var (accepted, _, answer) = await Client.TicksAsync("circuits", [new()
        {
            ["symbol"] = Symbol, ["timestamp"] = at.ToUnixTimeMilliseconds(), ["last_price"] = price, ["bid_price"] = price - 2, ["bid_volume"] = 500, ["ask_price"] = price + 2, ["ask_volume"] = 500,
        }]);
        accepted.ShouldBe(1, answer.ToString());
    }

    /// <summary>The rule fires, once, whatever the pages do.</summary>
    public async Task MustFireAsync()
    {
        await TickAsync(5500);
        await TickAsync(5500);
        (await TradingClient.EventuallyAsync(() => Client.ExecutionsAsync(Account), found => found.Count > 0)).Count.ShouldBe(1);
        (await Client.ItemsAsync("api/orders", Account)).Count.ShouldBe(1);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _handler.Dispose();
        await _app.DisposeAsync();
    }
}
