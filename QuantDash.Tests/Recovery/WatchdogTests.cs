using System.Diagnostics;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Recovery;

/// <summary>Two processes of the one executable: the trader is killed, and the phone rings.</summary>
[Collection(OneAtATime.Name)]
public sealed class WatchdogTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(Profile.Number(40, 15));

    [Fact]
    public async Task Trader_Killed_IsCalledOut_AndBack_AlsoByAWatchdogThatWasKilledMeanwhile()
    {
        await using var phone = await NtfySink.StartAsync();
        await using var trader = await AppProcess.StartAsync(TradingClient.Settings());
        await using var watchdog = await AppProcess.StartAsync(new Dictionary<string, string>
        {
            ["QuantDash__Role"] = "watchdog", ["QuantDash__Watchdog__Traders"] = trader.Address.ToString(), ["QuantDash__Watchdog__EverySeconds"] = "1", ["QuantDash__Watchdog__SilentSeconds"] = "3",
            ["QuantDash__Notifications__Language"] = "en", ["QuantDash__Notifications__TimeoutSeconds"] = "30", ["NTFY_URL"] = phone.TopicUrl,
        });
        (await TradingClient.EventuallyAsync(() => watchdog.Client.GetStringAsync("health"), text => text.Contains("\"trader\":\"ok\"", StringComparison.Ordinal))).ShouldContain("\"status\":\"ok\"");
        File.Exists(Path.Combine(watchdog.DataDirectory, "trader.lock")).ShouldBeFalse("it is no trader");
        File.Exists(Path.Combine(watchdog.DataDirectory, "quantdash.db")).ShouldBeFalse();

        var clock = Stopwatch.StartNew();
        trader.Kill();
        var call = await phone.NextAsync();
        clock.Elapsed.ShouldBeLessThan(Limit);
        (call.Title, call.Priority).ShouldBe(("QuantDash does not answer", 5));
        call.Message.ShouldContain("no_answer");

        // Killed between the message and its note it would tell once more: better twice than never.
        (await TradingClient.EventuallyAsync(() => Task.FromResult(watchdog.Log), log => log.Contains("Told: ", StringComparison.Ordinal))).ShouldContain("Told: ");
        watchdog.Kill();
        await watchdog.StartAgainAsync();
        await trader.StartAgainAsync();
        (await phone.NextAsync()).Title.ShouldBe("QuantDash answers again", "and nobody was woken twice for one outage");
        (await watchdog.StopAsync()).ShouldBe(0, watchdog.Log);
    }
}
