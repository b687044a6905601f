using System.Text.Json.Nodes;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Scenarios;

/// <summary>Issue "walking skeleton", real input: a recorded exchange day through the real process, pushed over HTTP on a source whose feed is
/// the clock, or imported and replayed.</summary>
public sealed class RealTicksScenarioTests
{
    private const int BatchSize = 500;

    [DataFact]
    public void Reference_20210104_AgreesWithTheListedTicks()
    {
        var ticks = IndexFutures.Day("20210104");
        var entry = Entry(ticks);
        ticks[entry].TimeText.ShouldBe("09:30:00.400");
        ticks[entry].Last.ShouldBe(5230.8m);
        foreach (var (key, expected) in IndexFutureRules.Expected20210104)
        {
            var decided = SlowReference.Decide(ticks, entry, key).ShouldNotBeNull(key);
            (decided.TimeText, decided.Last).ShouldBe(expected, key);
        }
    }

    /// <summary>Eight rules on eight accounts hear one push of the day; each decides on the tick that the slow reference names, and on no other.</summary>
    [DataTheory]
    [InlineData("20210104")]
    [InlineData("20210105")]
    public async Task PushedDay_EightRules_DecideOnTheReferenceTicks(string day)
    {
        var ticks = IndexFutures.Day(day);
        var entry = Entry(ticks);
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        var client = TradingClient.Of(app);
        var source = await client.SourceAsync("exchange-day", "ticks");
        await PushAsync(client, source, ticks[..(entry + 1)]);
        var accounts = await IndexFutureRules.ArmAsync(client, source, ticks[entry].Last);

        await PushAsync(client, source, ticks[(entry + 1)..]);

        foreach (var (key, account) in accounts) await ShouldDecideAsync(client, account, key, SlowReference.Decide(ticks, entry, key));
    }

    /// <summary>The same days imported from the exchange's own files and replayed as fast as it goes, the rules armed before the first tick.</summary>
    [DataTheory]
    [InlineData("20210104", "2021-01-04")]
    [InlineData("20210105", "2021-01-05")]
    public async Task ImportedDay_ReplayedAtMaximumSpeed_DecidesOnTheReferenceTicks(string day, string tradingDay)
    {
        var ticks = IndexFutures.Day(day);
        var entry = Entry(ticks);
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        var client = TradingClient.Of(app);
        await using var file = File.OpenRead(IndexFutures.FileOf(day));
        var imported = await client.ImportAsync("source=history", new StreamContent(file));
        (imported["state"]!.GetValue<string>(), imported["accepted"]!.GetValue<int>()).ShouldBe(("imported", ticks.Count), imported.ToJsonString());
        var accounts = await IndexFutureRules.ArmAsync(client, await client.SourceAsync("replay", "ticks"), ticks[entry].Last);

        var replayed = await client.ReplayAsync("history", "replay", tradingDay);

        (replayed["state"]!.GetValue<string>(), replayed["accepted"]!.GetValue<int>()).ShouldBe(("finished", ticks.Count), replayed.ToJsonString());
        foreach (var (key, account) in accounts) await ShouldDecideAsync(client, account, key, SlowReference.Decide(ticks, entry, key));
    }

    /// <summary>Auction print, the tick after 11:30 and the settlement snapshots after 15:00, moved to prices that every rule waits for: none may fire, and
    /// no high-water may move. The same prices inside continuous trading fire all eight.</summary>
    [DataTheory]
    [InlineData("20210104", 4)]
    [InlineData("20210105", 6)]
    public async Task OutOfSessionTicks_AtEveryRulesPrice_FireNothing(string day, int outOfSession)
    {
        var ticks = IndexFutures.Day(day);
        var opened = ticks[Entry(ticks)].Last;
        ticks.Count(tick => !tick.IsContinuous).ShouldBe(outOfSession);
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        var client = TradingClient.Of(app);
        var closed = await IndexFutureRules.ArmAsync(client, await client.SourceAsync("closed", "ticks"), opened);
        var open = await IndexFutureRules.ArmAsync(client, await client.SourceAsync("open", "ticks"), opened);
        var late = ticks.FindIndex(tick => tick.Clock >= new TimeSpan(13, 0, 0));
        var calm = ticks.Where((tick, i) => !tick.IsContinuous || i == Entry(ticks) || i == late);

        await PushAsync(client, "closed", [.. calm.Select((tick, i) => tick.At(tick.IsContinuous ? opened : i % 2 == 0 ? opened - 80 : opened + 80))]);
        await PushAsync(client, "open", [ticks[Entry(ticks)], ticks[late].At(opened - 80), ticks[late + 1].At(opened + 80), ticks[late + 2].At(opened - 80)]);

        foreach (var (key, account) in open)
            (await TradingClient.EventuallyAsync(() => client.TriggersAsync(account), found => found.Count > 0)).ShouldHaveSingleItem(key);
        foreach (var (key, account) in closed) (await client.TriggersAsync(account)).ShouldBeEmpty(key);
    }

    private static async Task ShouldDecideAsync(TradingClient client, string account, string key, RecordedTick? reference)
    {
        var triggers = await TriggersOnceAsync(client, account, reference is null ? 0 : 1);
        if (reference is null) triggers.ShouldBeEmpty(key);
        else ShouldBe(triggers.ShouldHaveSingleItem(key), reference, key);
    }

    private static Task<List<JsonNode>> TriggersOnceAsync(TradingClient client, string account, int expected) => TradingClient.EventuallyAsync(
        () => client.TriggersAsync(account),
        found => found.Count == expected && found.All(trigger => trigger["execution_status"]!.GetValue<string>() == "executed"));

    private static void ShouldBe(JsonNode trigger, RecordedTick expected, string key)
    {
        DateTimeOffset.Parse(trigger["tick_timestamp"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(expected.Time, key);
        trigger["trigger_price"]!.GetValue<decimal>().ShouldBe(expected.Last, key);
        trigger["execution_status"]!.GetValue<string>().ShouldBe("executed", trigger.ToJsonString());
        trigger["lock_volume"]!.GetValue<decimal>().ShouldBe(7, key);
    }

    /// <summary>The first tick of continuous trading.</summary>
    private static int Entry(List<RecordedTick> ticks) => ticks.FindIndex(tick => tick.IsContinuous);

    private static async Task PushAsync(TradingClient client, string source, List<RecordedTick> ticks)
    {
        foreach (var batch in ticks.Chunk(BatchSize))
        {
            var (accepted, _, answer) = await client.TicksAsync(source, batch.Select(tick => (JsonObject)tick.Json.DeepClone()));
            accepted.ShouldBe(batch.Length, answer.ToJsonString());
        }
    }
}
