using System.Net;
using System.Text.Json;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Api;

namespace QuantDash.Tests.Web.Features.Notifications;

public sealed class ChannelApiTests : IAsyncLifetime
{
    private const string Channels = "/api/notification_channels";
    private const string Settings = "/api/notification_settings";
    private ApiRig _api = null!;
    private RobotSink _sink = null!;

    public async Task InitializeAsync()
    {
        _sink = await RobotSink.StartAsync();
        _api = new ApiRig();
    }

    public async Task DisposeAsync()
    {
        _api.Dispose();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task Channel_ThatIsCreated_ShowsItsSecretsOnlyAsSet()
    {
        var (status, made) = await CreateAsync();
        status.ShouldBe(HttpStatusCode.Created, made.ToString());
        made.GetProperty("settings").GetRawText().ShouldBe("""{"keyword":"锁仓"}""");
        made.GetProperty("secrets").GetRawText().ShouldBe("""{"url":{"is_set":true,"ending":"93f1"},"secret":{"is_set":true,"ending":null}}""");
        var (_, list) = await _api.GetAsync(Channels);
        var listed = list.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (listed.GetProperty("kind").GetString(), listed.GetProperty("is_enabled").GetBoolean(), listed.GetProperty("from_configuration").GetBoolean()).ShouldBe(("dingtalk", true, false));
        list.GetRawText().ShouldNotContain("ding-key");
    }

    [Fact]
    public async Task Trial_OverAChannel_SaysExactlyWhatWasAnswered()
    {
        var id = Id((await CreateAsync()).Body);
        var (status, answer) = await _api.PostAsync($"{Channels}/{id}/test", "");
        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        (await _sink.NextAsync()).Text.ShouldBe("QuantDash 测试通知\n通知可以送达。\n锁仓");

        (await _api.PutAsync($"{Channels}/{id}", """{"settings":{"secret":"another"},"is_enabled":false}""")).Status.ShouldBe(HttpStatusCode.OK);
        var (refused, problem) = await _api.PostAsync($"{Channels}/{id}/test", "");
        refused.ShouldBe(HttpStatusCode.BadGateway);
        ApiRig.Codes(problem).ShouldBe([" notification_not_sent", " channel_wrong_signature"]);
        problem.GetProperty("detail").GetString()!.ShouldStartWith("The message was not taken: 310000 sign not match, more: …. It does not take the signature: the secret is wrong");
        (await _api.PostAsync($"{Channels}/{Guid.NewGuid()}/test", "")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Channel_ThatIsChanged_KeepsWhatWasNotGiven_AndNullClears()
    {
        var id = Id((await CreateAsync()).Body);
        var (status, changed) = await _api.PutAsync($"{Channels}/{id}", """{"name":"renamed","settings":{"keyword":null}}""");
        status.ShouldBe(HttpStatusCode.OK, changed.ToString());
        changed.GetProperty("name").GetString().ShouldBe("renamed");
        changed.GetProperty("settings").GetRawText().ShouldBe("{}");
        changed.GetProperty("secrets").GetProperty("secret").GetProperty("is_set").GetBoolean().ShouldBeTrue();
        (await _api.PostAsync($"{Channels}/{id}/test", "")).Status.ShouldBe(HttpStatusCode.OK, "the secret is the one that was entered first");

        (await _api.SendAsync(new(HttpMethod.Delete, $"{Channels}/{id}"))).Status.ShouldBe(HttpStatusCode.NoContent);
        (await _api.SendAsync(new(HttpMethod.Delete, $"{Channels}/{id}"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _api.GetAsync(Channels)).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{}""", "name required", "kind required")]
    [InlineData("""{"name":"x","kind":"pigeon"}""", "kind not_allowed")]
    [InlineData("""{"name":"x","kind":"wecom"}""", "settings.url required")]
    [InlineData("""{"name":" ","kind":"wecom","settings":{"url":"http://example.com/?key=abc"}}""", "name required", "settings.url https_only")]
    [InlineData("""{"name":"x","kind":"email","settings":{"host":"smtp.example.com","port":70000,"security":"none","from":"a","to":"b@example.com"}}""", "settings.port out_of_range", "settings.security plain_only_here", "settings.from not_a_mailbox")]
    [InlineData("""{"name":5,"kind":"wecom","settings":[]}""", "name not_text", "settings not_an_object")]
    public async Task Channel_WithMistakes_NamesThem_AndKeepsNothing(string body, params string[] mistakes)
    {
        var (status, problem) = await _api.PostAsync(Channels, body);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity, problem.ToString());
        ApiRig.Codes(problem).ShouldBe(mistakes, ignoreOrder: true);
        (await _api.GetAsync(Channels)).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Channel_OfANameThatIsTaken_OrOfAnotherKind_IsRefused()
    {
        var id = Id((await CreateAsync()).Body);
        ApiRig.Codes((await CreateAsync("MINE")).Body).ShouldBe(["name already_exists"]);
        ApiRig.Codes((await _api.PutAsync($"{Channels}/{id}", """{"kind":"wecom"}""")).Body).ShouldBe(["kind kind_is_fixed"]);
    }

    [Fact]
    public async Task Channel_OfTheConfiguration_IsListed_AndChangedThere()
    {
        await using var ntfy = await NtfySink.StartAsync();
        using var api = new ApiRig(("NTFY_URL", ntfy.TopicUrl));
        var listed = (await api.GetAsync(Channels)).Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (listed.GetProperty("from_configuration").GetBoolean(), listed.GetProperty("kind").GetString()).ShouldBe((true, "ntfy"));
        listed.GetRawText().ShouldNotContain("/trader");
        var (status, problem) = await api.PutAsync($"{Channels}/{Id(listed)}", """{"name":"x"}""");
        status.ShouldBe(HttpStatusCode.Conflict);
        ApiRig.Codes(problem).ShouldBe(["id channel_from_configuration"]);
        (await api.SendAsync(new(HttpMethod.Delete, $"{Channels}/{Id(listed)}"))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await api.PostAsync($"{Channels}/{Id(listed)}/test", "")).Status.ShouldBe(HttpStatusCode.OK);
        (await ntfy.NextAsync()).Title.ShouldBe("QuantDash 测试通知");
    }

    /// <summary>Everybody who may look sees them; a trader tries them and says what is told; an administrator alone enters secrets.</summary>
    [Theory]
    [InlineData("read", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("trade", HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData("admin", HttpStatusCode.NoContent, HttpStatusCode.OK, HttpStatusCode.OK)]
    public async Task Scope_DecidesWhoMayWhat(string scope, HttpStatusCode edits, HttpStatusCode tries, HttpStatusCode sets)
    {
        var id = Id((await CreateAsync()).Body);
        var key = (await _api.PostAsync("/api/keys", $$"""{"name":"bot","scopes":["{{scope}}"]}""")).Body.GetProperty("key").GetString()!;
        using var client = _api.Anonymous();
        client.DefaultRequestHeaders.Add("X-API-Key", key);
        (await client.GetAsync(Channels)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync(Settings)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.PostAsync($"{Channels}/{id}/test", null)).StatusCode.ShouldBe(tries);
        (await client.PutAsync(Settings, Json.Of("""{"last_day_within":5}"""))).StatusCode.ShouldBe(sets);
        (await client.DeleteAsync($"{Channels}/{id}")).StatusCode.ShouldBe(edits);
    }

    [Fact]
    public async Task Changes_AreAudited_WithoutSecrets()
    {
        var id = Id((await CreateAsync()).Body);
        await _api.PutAsync($"{Channels}/{id}", """{"settings":{"secret":"SEC-another-secret"}}""");
        await _api.SendAsync(new(HttpMethod.Delete, $"{Channels}/{id}"));
        await _api.PutAsync(Settings, """{"quiet_from":"22:30","quiet_to":"07:00"}""");
        var entries = (await EntriesAsync("notification_settings")).Concat(await EntriesAsync("notification_channel")).ToList();
        entries.Select(e => e.GetProperty("action").GetString()).ShouldBe(["notification_settings.changed", "notification_channel.deleted", "notification_channel.changed", "notification_channel.created"]);
        entries[2].GetProperty("after").GetRawText().ShouldContain("\"secrets_changed\":[\"secret\"]");
        entries.ShouldAllBe(e => !e.GetRawText().Contains("SEC-", StringComparison.Ordinal) && !e.GetRawText().Contains("ding-key", StringComparison.Ordinal) && e.GetRawText().Contains("bootstrap", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_ThatAreChanged_KeepWhatWasNotGiven()
    {
        var (_, before) = await _api.GetAsync(Settings);
        before.GetProperty("zone").GetString().ShouldBe("Asia/Shanghai");
        var events = before.GetProperty("events").EnumerateArray().ToDictionary(e => e.GetProperty("key").GetString()!);
        (events["lock.failed"].GetProperty("mode").GetString(), events["lock.failed"].GetProperty("wakes").GetBoolean(), events["lock.fired"].GetProperty("wakes").GetBoolean()).ShouldBe(("on", true, false));

        var (status, after) = await _api.PutAsync(Settings, """{"language":"en","quiet_from":"22:30","quiet_to":"7:00","available_below":50000,"day_loss_above":20000,"events":[{"key":"lock.fired","mode":"silent"},{"key":"feed.live","mode":"off"}]}""");
        status.ShouldBe(HttpStatusCode.OK, after.ToString());
        (await _api.PutAsync(Settings, """{"available_below":null,"events":[{"key":"lock.fired","wakes":true}]}""")).Status.ShouldBe(HttpStatusCode.OK);
        var (_, kept) = await _api.GetAsync(Settings);
        (kept.GetProperty("language").GetString(), kept.GetProperty("quiet_from").GetString(), kept.GetProperty("quiet_to").GetString(), kept.GetProperty("available_below").ValueKind, kept.GetProperty("day_loss_above").GetDecimal())
            .ShouldBe(("en", "22:30", "07:00", JsonValueKind.Null, 20000m));
        var fired = kept.GetProperty("events").EnumerateArray().Single(e => e.GetProperty("key").GetString() == "lock.fired");
        (fired.GetProperty("mode").GetString(), fired.GetProperty("wakes").GetBoolean()).ShouldBe(("silent", true));
    }

    [Theory]
    [InlineData("""{"quiet_from":"25:00"}""", "quiet_from not_a_clock_time")]
    [InlineData("""{"quiet_from":"22:00"}""", "quiet_to required")]
    [InlineData("""{"quiet_from":"22:00","quiet_to":"22:00"}""", "quiet_to quiet_is_nothing")]
    [InlineData("""{"zone":"Mars/Olympus","language":"fr"}""", "language not_allowed", "zone unknown_zone")]
    [InlineData("""{"events":[{"key":"lock.nothing","mode":"loud"},{"mode":"on"}]}""", "events[0].key unknown_event", "events[0].mode not_allowed", "events[1].key required")]
    [InlineData("""{"available_below":0,"day_loss_above":-5,"last_day_within":99}""", "last_day_within out_of_range")]
    [InlineData("""{"available_below":0,"day_loss_above":-5}""", "available_below out_of_range", "day_loss_above out_of_range")]
    public async Task Settings_WithMistakes_NameThem_AndChangeNothing(string body, params string[] mistakes)
    {
        var before = (await _api.GetAsync(Settings)).Body.GetRawText();
        var (status, problem) = await _api.PutAsync(Settings, body);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity, problem.ToString());
        ApiRig.Codes(problem).ShouldBe(mistakes, ignoreOrder: true);
        (await _api.GetAsync(Settings)).Body.GetRawText().ShouldBe(before);
    }

    private async Task<IEnumerable<JsonElement>> EntriesAsync(string action) => (await _api.GetAsync("/api/audit?action=" + action)).Body.GetProperty("items").EnumerateArray();

    private Task<(HttpStatusCode Status, JsonElement Body)> CreateAsync(string name = "mine") => _api.PostAsync(
        Channels, $$"""{"name":"{{name}}","kind":"dingtalk","settings":{"url":"{{_sink.Dingtalk}}","secret":"{{RobotSink.Secret}}","keyword":"锁仓"} }""");

    private static string Id(JsonElement channel) => channel.GetProperty("id").GetString()!;
}
