using System.Net;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Api;

public sealed class RequestLimitTests
{
    [Fact]
    public async Task Caller_AboveItsShare_IsToldWhenToComeAgain_AndNobodyElseIs()
    {
        using var rig = await new ApiRig(("QuantDash:Limits:RequestsPerSecond", "1"), ("QuantDash:Limits:Burst", "20"), ("QuantDash:Limits:BridgeRequestsPerSecond", "0")).ReadyAsync();
        var reader = (await rig.PostAsync("/api/keys", """{"name":"viewer","scopes":["read"]}""")).Body.GetProperty("key").GetString()!;
        using var viewer = rig.Anonymous();
        viewer.DefaultRequestHeaders.Add("X-API-Key", reader);

        HttpResponseMessage? refused = null;
        for (var i = 0; i < 100 && refused is null; i++)
        {
            var answer = await viewer.GetAsync("/api/accounts");
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) refused = answer;
            else answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        refused.ShouldNotBeNull();
        using (refused)
        {
            refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
            refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            ApiRig.Codes(await Json.ReadAsync(refused)).ShouldBe([" too_many_requests"]);
        }

        (await rig.GetAsync("/api/accounts")).Status.ShouldBe(HttpStatusCode.OK, "another caller has its own share");
        for (var i = 0; i < 60; i++) await rig.PushAsync(ApiRig.Tick(5000, i % 60)); // What feeds send counts apart.
        using var health = await rig.Anonymous().GetAsync("/health");
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WrongKey_HoweverOften_Is401AndNever429()
    {
        using var rig = new ApiRig(("QuantDash:Limits:RequestsPerSecond", "1"), ("QuantDash:Limits:Burst", "5"));
        using var stranger = rig.Anonymous();
        stranger.DefaultRequestHeaders.Add("X-API-Key", "qd_wrong");
        for (var i = 0; i < 50; i++)
        {
            using var answer = await stranger.GetAsync("/api/accounts");
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task Feeds_HaveAShareOfTheirOwn()
    {
        using var rig = await new ApiRig(("QuantDash:Limits:BridgeRequestsPerSecond", "1"), ("QuantDash:Limits:Burst", "10")).ReadyAsync();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 30; i++) statuses.Add((await rig.PostAsync("/api/ticks?source=test", $"[{ApiRig.Tick(5000, i)}]")).Status);
        statuses.ShouldContain(HttpStatusCode.OK);
        statuses.ShouldContain(HttpStatusCode.TooManyRequests);
        (await rig.GetAsync("/api/accounts")).Status.ShouldBe(HttpStatusCode.OK);
    }
}
