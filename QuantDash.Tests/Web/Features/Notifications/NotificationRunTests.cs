using System.Net;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Api;

namespace QuantDash.Tests.Web.Features.Notifications;

/// <summary>The real application and a real receiver.</summary>
public sealed class NotificationRunTests : IAsyncLifetime
{
    private NtfySink _sink = null!;

    public async Task InitializeAsync() => _sink = await NtfySink.StartAsync();

    public async Task DisposeAsync() => await _sink.DisposeAsync();

    [Fact]
    public async Task Firing_IsToldFromItsFirstMomentToItsEnd()
    {
        using var api = await new ApiRig(("NTFY_URL", _sink.TopicUrl), ("QuantDash:Notifications:NtfyToken", "tk_secret")).ReadyAsync();
        await api.PushAsync(ApiRig.Tick(5000, 0));
        await api.PostAsync("/api/position_snapshots", $$"""
            {"account_id":"{{api.Account}}","timestamp":"2025-01-06T01:30:00Z","complete":true,
             "positions":[{"symbol":"CZCE.TA2505","long_position":10,"long_today":0,"long_avg_price":5000,"short_position":0,"short_today":0,"short_avg_price":0}]}
            """);
        await api.PostAsync("/api/lock/configs", $$"""
            {"account_id":"{{api.Account}}","symbol":"CZCE.TA2505","direction":"long","trigger_type":"profit","profit_lock_enabled":true,"profit_lock_threshold":10000,"profit_lock_ratio":0.8,"auto_execute":true}
            """);
        await api.PushAsync(ApiRig.Tick(5200, 2), ApiRig.Tick(5200, 3), ApiRig.Tick(5200, 4));

        var fired = await _sink.NextAsync("锁仓触发");
        fired.Title.ShouldBe("[回放] 锁仓触发 · CZCE.TA2505");
        fired.Message.ShouldBe("多仓触发：利润达到阈值: 10000.00 ≥ 10000.00，锁 8 手\ntest");
        fired.Authorization.ShouldBe("Bearer tk_secret");
        var executed = await _sink.NextAsync("锁仓完成");
        (executed.Priority, executed.Id == fired.Id).ShouldBe((4, false));

        await UntilAsync(async () => (await api.GetAsync("/health")).Body.GetProperty("parts").GetProperty("notifications").GetString() == "ok");
    }

    [Fact]
    public async Task Trial_SaysThatItArrived()
    {
        using var api = new ApiRig(("QuantDash:Notifications:NtfyUrl", _sink.TopicUrl), ("QuantDash:Notifications:TimeoutSeconds", "30"));
        var (status, body) = await api.PostAsync("/api/test-notification", """{"title": "测试", "message": "测试消息"}""");
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        body.GetProperty("delivered").GetBoolean().ShouldBeTrue();
        var post = await _sink.NextAsync();
        (post.Title, post.Message, post.Id).ShouldBe(("测试", "测试消息", body.GetProperty("id").GetGuid().ToString("N")));

        (await api.PostAsync("/api/test-notification", "")).Status.ShouldBe(HttpStatusCode.OK);
        (await _sink.NextAsync()).Title.ShouldBe("QuantDash 测试通知");
    }

    [Fact]
    public async Task Trial_ThatIsNotTaken_SaysWhy()
    {
        using var api = new ApiRig(("QuantDash:Notifications:NtfyUrl", _sink.TopicUrl), ("QuantDash:Notifications:TimeoutSeconds", "30"));
        _sink.AnswerOnce(HttpStatusCode.Forbidden, """{"code":40301,"http":403,"error":"forbidden"}""");
        var (status, problem) = await api.PostAsync("/api/test-notification", "{}");
        status.ShouldBe(HttpStatusCode.BadGateway);
        ApiRig.Codes(problem).ShouldBe([" notification_not_sent", " channel_wrong_credentials"]);
        problem.GetProperty("detail").GetString()!.ShouldStartWith("The message was not taken: HTTP 403: forbidden (40301). It does not take name and password (or the token)");
    }

    [Fact]
    public async Task Trial_WithoutAnAddress_SaysWhatToSet()
    {
        using var api = new ApiRig();
        var (status, problem) = await api.PostAsync("/api/test-notification", "{}");
        status.ShouldBe(HttpStatusCode.Conflict);
        ApiRig.Codes(problem).ShouldBe([" notifications_off"]);
        problem.GetProperty("detail").GetString()!.ShouldContain("QuantDash:Notifications:NtfyUrl");
        (await api.GetAsync("/health")).Body.GetProperty("parts").TryGetProperty("notifications", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Trial_WithMistakes_NamesThem()
    {
        using var api = new ApiRig(("QuantDash:Notifications:NtfyUrl", _sink.TopicUrl), ("QuantDash:Notifications:TimeoutSeconds", "30"));
        var (status, problem) = await api.PostAsync("/api/test-notification", """{"title": 5}""");
        status.ShouldBe(HttpStatusCode.UnprocessableEntity, problem.ToString());
        _sink.TryNext(out _).ShouldBeFalse();
    }

    /// <summary>Killed after the message left and before it was noted as sent: it comes again, under the same id.</summary>
    [Fact]
    public async Task Kill9_WhileAMessageIsOnItsWay_SendsItAgainUnderItsId()
    {
        _sink.HangOnce();
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>
        {
            ["NTFY_URL"] = _sink.TopicUrl,
            ["QuantDash__Demo"] = "false",
            ["QuantDash__Auth__BootstrapApiKey"] = "bootstrap-key-for-tests",
        });
        app.Client.DefaultRequestHeaders.Add("X-API-Key", "bootstrap-key-for-tests");
        using var account = await app.Client.PostAsync("/api/accounts", Json.Of("""{"name":"counter","venue":"bridge","currency":"CNY"}"""));
        account.StatusCode.ShouldBe(HttpStatusCode.Created, await account.Content.ReadAsStringAsync());
        var id = (await Json.ReadAsync(account)).GetProperty("id").GetString();
        using var poll = await app.Client.GetAsync($"/api/bridge/{id}/orders?wait=0");
        poll.StatusCode.ShouldBe(HttpStatusCode.OK, await poll.Content.ReadAsStringAsync());

        var first = await _sink.NextAsync();
        first.Title.ShouldContain("桥接已连接");
        app.Kill();
        await app.StartAgainAsync();
        (await _sink.NextAsync()).Id.ShouldBe(first.Id);
        app.Log.ShouldNotContain("/trader", Case.Sensitive, "the topic is a secret");
    }

    /// <summary>Case 6 of the list of ten (docs/reliability.md, P4.2) to its end: the program falls silent while quotes go on, and the message is at its receiver, as the loudest kind.</summary>
    [Fact]
    [Trait(Profile.Reliability, "P4.2")]
    public async Task Case6_BridgeFallsSilent_TheMessageReachesItsReceiver()
    {
        var clock = new LaterTime();
        using var api = new ApiRig(services => services.AddSingleton<TimeProvider>(clock), ("NTFY_URL", _sink.TopicUrl));
        var (status, account) = await api.PostAsync("/api/accounts", """{"name":"counter","venue":"bridge","currency":"CNY"}""");
        status.ShouldBe(HttpStatusCode.Created, account.ToString());
        (await api.GetAsync($"/api/bridge/{account.GetProperty("id").GetString()}/orders?wait=0")).Status.ShouldBe(HttpStatusCode.OK);
        (await _sink.NextAsync("桥接")).Title.ShouldContain("桥接已连接");

        clock.Skip(TimeSpan.FromSeconds(61));

        var page = await _sink.NextAsync("桥接");
        (page.Title, page.Priority).ShouldBe(("桥接断开", 5));
        page.Message.ShouldBe("桥接 counter: 一分钟内没有程序的消息, 无法发单\ncounter");
    }

    /// <summary>The machine's time of day, which a test sets forward; how long things take is as ever.</summary>
    private sealed class LaterTime : TimeProvider
    {
        private long _skipped;

        public void Skip(TimeSpan time) => Interlocked.Add(ref _skipped, time.Ticks);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _skipped));
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await holds()) await Task.Delay(20, patience.Token);
    }
}
