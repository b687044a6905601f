using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Web.Api;
using QuantDash.Web.Configuration;

namespace QuantDash.Tests.Web.Features.SystemStatus;

/// <summary>The trader's side: when a watchdog last asked stands on the System page, and its silence is told.</summary>
public sealed class WatchdogLinkTests
{
    [Fact]
    public async Task Watchdog_ThatIsExpected_IsMissedWhenItFallsSilent_AndWelcomeWhenItAsks()
    {
        using var api = new ApiRig(("QuantDash:Watchdog:ExpectedSeconds", "1"));
        (await StateAsync(api, "failed")).ShouldBe("failed");
        var told = await TradingClient.EventuallyAsync(async () => (await api.GetAsync("/api/services")).Body.ToString(), text => text.Contains("no watchdog has asked since", StringComparison.Ordinal));
        told.ShouldContain("no watchdog has asked since");

        // Asked again with each look: a second after the last question it is missed again.
        (await TradingClient.EventuallyAsync(() => AskAndLookAsync(api), state => state == "running")).ShouldBe("running");
    }

    [Fact]
    public async Task Watchdog_ThatNobodyExpects_IsOff()
    {
        using var api = new ApiRig();
        (await StateAsync(api, "off")).ShouldBe("off");
    }

    private static async Task<string?> AskAndLookAsync(ApiRig api)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/health/ready");
        ask.Headers.Add(WatchdogOptions.Header, "cellar");
        (await api.SendAsync(ask)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        return await LookAsync(api);
    }

    private static Task<string?> StateAsync(ApiRig api, string expected) => TradingClient.EventuallyAsync(() => LookAsync(api), state => state == expected);

    private static async Task<string?> LookAsync(ApiRig api) =>
        (await api.GetAsync("/api/services")).Body.GetProperty("items").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "watchdog").GetProperty("state").GetString();
}
