using QuantDash.Core.Engine;
using QuantDash.Core.Markets;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Points of the funds curve for accounts that the market leaves alone.</summary>
public sealed class EquitySnapshotTests
{
    private static readonly TimeSpan HalfAnHour = TimeSpan.FromMinutes(30);

    [Fact]
    public void Quiet_GetsAPoint_OnceAWhile()
    {
        var harness = new EngineHarness();
        var account = harness.Account(50_000m, SourceClock.Wall);
        Save(harness, HalfAnHour).ShouldBe(1);
        Save(harness, HalfAnHour + TimeSpan.FromMinutes(29)).ShouldBe(0, "it has one that is young");
        Save(harness, TimeSpan.FromHours(1)).ShouldBe(1);

        var points = harness.Journal.Changes.OfType<JournalChange.EquityPointAdded>().Where(point => point.AccountId == account).ToList();
        points.Select(point => point.At - EngineHarness.Wall).ShouldBe([TimeSpan.Zero, HalfAnHour, TimeSpan.FromHours(1)], "the first is the deposit's");
        points[^1].Funds.Equity.ShouldBe(50_000m);
    }

    [Fact]
    public void Replay_HasAClockOfItsOwn_AndGetsNone()
    {
        var harness = new EngineHarness();
        harness.Account();
        Save(harness, TimeSpan.FromDays(1)).ShouldBe(0);
    }

    private static int Save(EngineHarness harness, TimeSpan later)
    {
        var saved = harness.Engine.SaveEquity(HalfAnHour, EngineHarness.Wall + later);
        harness.Commit();
        return saved;
    }
}
