using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Notifications;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Api;
using QuantDash.Web.Security;

namespace QuantDash.Tests.Web.Features.Notifications;

/// <summary>Confirming from the message, over HTTP, by somebody who is not signed in: at most one order, and never without a click.</summary>
public sealed class ConfirmLinkTests : IAsyncLifetime
{
    private NtfySink _sink = null!;
    private ApiRig _api = null!;
    private HttpClient _phone = null!;

    public async Task InitializeAsync()
    {
        _sink = await NtfySink.StartAsync();
        _api = await new ApiRig(("NTFY_URL", _sink.TopicUrl), ("QuantDash:PublicUrl", "http://localhost"), ("QuantDash:Notifications:Language", "en")).ReadyAsync();
        _phone = _api.Anonymous();
    }

    public async Task DisposeAsync()
    {
        _phone.Dispose();
        _api.Dispose();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task Link_ThatIsFresh_ShowsTheNumbers_AndExecutesOnTheClickAlone()
    {
        var (post, token) = await AskedAsync();
        post.Message.ShouldBe("long: 4 lots wait for your click (price reached: 5200 ≥ 5200)\nPrice now 5200\ntest");
        post.Priority.ShouldBe(5);

        for (var look = 0; look < 3; look++)
        {
            var (seen, page) = await GetAsync(token);
            (seen, StateOf(page)).ShouldBe((HttpStatusCode.OK, "open"));
            page.ShouldContain("name=\"shown\" value=\"5200\"");
        }

        (await StatusAsync()).ShouldBe("waiting_confirm", "opening the page does nothing");

        var (status, confirmed) = await ClickAsync(token, "5200");
        (status, StateOf(confirmed)).ShouldBe((HttpStatusCode.OK, "confirmed"));
        await LockedAsync();
    }

    [Fact]
    public async Task Link_ThatWasUsed_SaysSo_AndSendsNothing()
    {
        var (_, token) = await AskedAsync();
        await ClickAsync(token, "5200");
        await LockedAsync();

        var (status, page) = await ClickAsync(token, "5200");
        (status, StateOf(page)).ShouldBe((HttpStatusCode.Gone, "used"));
        (status, page) = await GetAsync(token);
        (status, StateOf(page)).ShouldBe((HttpStatusCode.Gone, "used"));
        var (posted, problem) = await PostAsync(token);
        (posted, ApiRig.Codes(problem).Single()).ShouldBe((HttpStatusCode.Gone, "token link_used"));
        await LockedAsync();
    }

    [Fact]
    public async Task DoubleTap_IsOneOrder()
    {
        var (_, token) = await AskedAsync();
        var taps = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? ClickStatusAsync(token) : PostStatusAsync(token)));
        taps.Count(s => s == HttpStatusCode.OK).ShouldBe(1);
        await LockedAsync();
    }

    [Fact]
    public async Task Link_ThatHasEnded_SendsNothing()
    {
        await AskedAsync();
        const string token = "a-token-that-has-ended";
        var links = _api.Services.GetRequiredService<IConfirmLinks>();
        await links.AddAsync(new(ApiKeyToken.HashOf(token), await TriggerAsync(), null, DateTimeOffset.UtcNow.AddSeconds(-1)));

        var (seen, page) = await GetAsync(token);
        (seen, StateOf(page)).ShouldBe((HttpStatusCode.Gone, "expired"));
        page.ShouldNotContain("<form");
        (await ClickAsync(token, "5200")).Status.ShouldBe(HttpStatusCode.Gone);
        var (posted, problem) = await PostAsync(token);
        (posted, ApiRig.Codes(problem).Single()).ShouldBe((HttpStatusCode.Gone, "token link_expired"));
        (await StatusAsync()).ShouldBe("waiting_confirm");
    }

    [Fact]
    public async Task Price_ThatMoved_IsShownAnew_AndNeedsAnotherClick()
    {
        var (_, token) = await AskedAsync();
        await _api.PushAsync(ApiRig.Tick(5260, 4), ApiRig.Tick(5260, 5));

        var (posted, problem) = await PostAsync(token);
        (posted, ApiRig.Codes(problem).Single()).ShouldBe((HttpStatusCode.Conflict, "shown_price price_moved"));
        (problem.GetProperty("shown_price").GetDecimal(), problem.GetProperty("price").GetDecimal()).ShouldBe((5200m, 5260m));

        var (status, page) = await ClickAsync(token, "5200");
        (status, StateOf(page)).ShouldBe((HttpStatusCode.Conflict, "open"));
        page.ShouldContain("name=\"shown\" value=\"5260\"");
        (await StatusAsync()).ShouldBe("waiting_confirm");

        (await ClickAsync(token, "5260")).Status.ShouldBe(HttpStatusCode.OK);
        await LockedAsync(5260);
    }

    [Fact]
    public async Task Message_PostedFromThePhone_Executes()
    {
        var (post, token) = await AskedAsync();
        var button = post.Body.GetProperty("actions")[0];
        button.GetProperty("url").GetString().ShouldBe("http://localhost/confirm");
        JsonDocument.Parse(button.GetProperty("body").GetString()!).RootElement.GetProperty("token").GetString().ShouldBe(token);

        var (status, answer) = await PostAsync(token);
        (status, answer.GetProperty("execution_status").GetString()).ShouldBe((HttpStatusCode.OK, "executing"));
        await LockedAsync();
    }

    [Fact]
    public async Task Trigger_ThatWasDeclinedOnTheScreen_IsNotConfirmedByItsLink()
    {
        var (_, token) = await AskedAsync();
        (await _api.PostAsync($"/api/lock/triggers/{await TriggerAsync()}/cancel", "")).Status.ShouldBe(HttpStatusCode.OK);
        var (status, page) = await ClickAsync(token, "5200");
        (status, StateOf(page)).ShouldBe((HttpStatusCode.Gone, "closed"));
        (await PostAsync(token)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await StatusAsync()).ShouldBe("cancelled");
    }

    [Fact]
    public async Task Link_NobodyIssued_IsUnknown()
    {
        (await GetAsync("nothing")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ClickAsync("nothing", "5200")).Status.ShouldBe(HttpStatusCode.NotFound);
        var (status, problem) = await PostAsync("nothing");
        (status, ApiRig.Codes(problem).Single()).ShouldBe((HttpStatusCode.NotFound, "token link_unknown"));
    }

    [Fact]
    public async Task Guessing_IsSlowedDown()
    {
        var last = HttpStatusCode.OK;
        for (var i = 0; i < 70; i++) last = (await GetAsync($"guess-{i}")).Status;
        last.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Page_SpeaksTheReadersLanguage_AndIsKeptNowhere()
    {
        var (_, token) = await AskedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/confirm/{token}") { Headers = { { "Accept-Language", "zh-CN" } } };
        using var answer = await _phone.SendAsync(request);
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).ShouldContain("确认锁 4 手");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    /// <summary>What the phone shows under the message when its button is answered with no.</summary>
    [Theory]
    [InlineData("zh-CN", "确认链接已使用过，没有再次报单。", "价格已由 5200 变为 5260", "确认链接已过期，未报单。")]
    [InlineData("en", "This confirm link was used already; nothing more was sent.", "The price moved from 5200 to 5260", "This confirm link has ended; nothing was sent.")]
    public async Task Button_ThatIsRefused_SaysWhyInThePhonesLanguage(string language, string used, string moved, string ended)
    {
        _phone.DefaultRequestHeaders.Add("Accept-Language", language);
        var (_, token) = await AskedAsync();
        const string Over = "a-token-that-has-ended";
        await _api.Services.GetRequiredService<IConfirmLinks>().AddAsync(new(ApiKeyToken.HashOf(Over), await TriggerAsync(), null, DateTimeOffset.UnixEpoch));
        (await PostAsync(Over)).Body.GetProperty("detail").GetString()!.ShouldContain(ended);

        await _api.PushAsync(ApiRig.Tick(5260, 4), ApiRig.Tick(5260, 5));
        (await PostAsync(token)).Body.GetProperty("detail").GetString()!.ShouldContain(moved);

        (await ClickAsync(token, "5260")).Status.ShouldBe(HttpStatusCode.OK);
        (await PostAsync(token)).Body.GetProperty("detail").GetString()!.ShouldContain(used);
    }

    /// <summary>A rule that asks has fired at 5200; its message came.</summary>
    private async Task<(NtfyPost Post, string Token)> AskedAsync()
    {
        await _api.PushAsync(ApiRig.Tick(5000, 0));
        await _api.PostAsync("/api/position_snapshots", $$"""
            {"account_id":"{{_api.Account}}","timestamp":"2025-01-06T01:30:00Z","complete":true,
             "positions":[{"symbol":"CZCE.TA2505","long_position":4,"long_today":0,"long_avg_price":5000,"short_position":0,"short_today":0,"short_avg_price":0}]}
            """);
        var (created, rule) = await _api.PostAsync("/api/lock/configs", $$"""
            {"account_id":"{{_api.Account}}","symbol":"CZCE.TA2505","direction":"long","trigger_type":"price","trigger_price":5200,"auto_execute":false}
            """);
        created.ShouldBe(HttpStatusCode.Created, rule.ToString());
        await _api.PushAsync(ApiRig.Tick(5200, 2), ApiRig.Tick(5200, 3));
        var post = await _sink.NextAsync("Confirm this lock");
        var link = post.Body.GetProperty("click").GetString()!;
        link.ShouldStartWith("http://localhost/confirm/");
        return (post, link.Split('/')[^1]);
    }

    private async Task LockedAsync(double price = 5200)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var second = 10;
        while (await StatusAsync() != "executed")
        {
            await _api.PushAsync(ApiRig.Tick(price, Math.Min(second++, 59)));
            await Task.Delay(20, patience.Token);
        }

        var orders = (await _api.GetAsync("/api/orders")).Body.GetProperty("items");
        orders.GetArrayLength().ShouldBe(1, "one order, whoever clicked how often");
    }

    private async Task<JsonElement> OnlyTriggerAsync() => (await _api.GetAsync("/api/lock/triggers")).Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();

    private async Task<Guid> TriggerAsync() => (await OnlyTriggerAsync()).GetProperty("id").GetGuid();

    private async Task<string> StatusAsync() => (await OnlyTriggerAsync()).GetProperty("execution_status").GetString()!;

    private async Task<(HttpStatusCode Status, string Page)> GetAsync(string token)
    {
        using var answer = await _phone.GetAsync($"/confirm/{token}");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<(HttpStatusCode Status, string Page)> ClickAsync(string token, string shown)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["shown"] = shown });
        using var answer = await _phone.PostAsync($"/confirm/{token}", form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string token)
    {
        using var answer = await _phone.PostAsync("/confirm", Json.Of($$"""{"token":"{{token}}"}"""));
        return (answer.StatusCode, await Json.ReadAsync(answer));
    }

    private async Task<HttpStatusCode> ClickStatusAsync(string token) => (await ClickAsync(token, "5200")).Status;

    private async Task<HttpStatusCode> PostStatusAsync(string token) => (await PostAsync(token)).Status;

    private static string StateOf(string page) => page.Split("data-state=\"")[1].Split('"')[0];
}
