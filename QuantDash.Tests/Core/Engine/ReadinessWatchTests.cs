using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>When the trader is told that a rule could not execute.</summary>
public sealed class ReadinessWatchTests
{
    private static readonly DateTimeOffset Noon = EngineHarness.Wall;
    private static readonly Guid Rule = new(1, 2, 3, new byte[8]);
    private static readonly ReadinessFinding Short = new(ReadinessCheck.Margin, ReadinessState.Blocked, "margin_short", 18_932m, 5_000m);
    private static readonly ReadinessFinding Claimed = new(ReadinessCheck.Volume, ReadinessState.Blocked, "nothing_left", 10m);
    private readonly ReadinessWatch _watch = new();

    [Fact]
    public void Blocked_ForAWhile_IsToldOnce_AndAgainForAnotherReason_AndThatItIsOver()
    {
        Look(0, Short).ShouldBeEmpty();
        Look(9, Short).ShouldBeEmpty("it may pass");
        Look(10, Short).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            told => told.Key.ShouldBe("readiness.blocked"),
            told => told.Values.ShouldBe(["long", "整腿保证金和手续费需要 18932.00, 可用 5000.00", "margin_short"]),
            told => told.RuleId.ShouldBe(Rule));
        Look(600, Short).ShouldBeEmpty();
        Look(601, Claimed).ShouldBeEmpty();
        Look(611, Claimed).ShouldHaveSingleItem().Values[1].ShouldBe("所需 10手均被占用");
        Look(612).ShouldBeEmpty();
        Look(622).ShouldHaveSingleItem().Key.ShouldBe("readiness.eased");
        Look(700).ShouldBeEmpty();
    }

    [Fact]
    public void Passing_BeforeItsTime_IsNoMessage()
    {
        Look(0, Short);
        Look(5).ShouldBeEmpty();
        Look(11, Short).ShouldBeEmpty();
        Look(20).ShouldBeEmpty();
        Look(40).ShouldBeEmpty();
    }

    [Fact]
    public void WhatHasMessagesOfItsOwn_IsLeftToThose()
    {
        ReadinessFinding[] others =
        [
            new(ReadinessCheck.Feed, ReadinessState.Blocked, "feed_stale"), new(ReadinessCheck.Link, ReadinessState.Blocked, "link_down"), new(ReadinessCheck.Position, ReadinessState.Blocked, "unconfirmed"),
            new(ReadinessCheck.Session, ReadinessState.Waits, "session_closed"), new(ReadinessCheck.Volume, ReadinessState.Doubtful, "less_left", 10m, 4m),
        ];
        Look(0, others).ShouldBeEmpty();
        Look(60, others).ShouldBeEmpty();
    }

    [Fact]
    public void StopsThatCouldNotActTogether_AreTold()
    {
        var together = new ReadinessFinding(ReadinessCheck.Together, ReadinessState.Doubtful, "together_short", 30_000m, 20_000m);
        Look(0, together);
        Look(10, together).ShouldHaveSingleItem().Values[1].ShouldBe("全部止损同时触发需要 30000.00, 可用 20000.00");
    }

    [Fact]
    public void Restart_ReadsTheTape_AndTellsNothingTwice()
    {
        var again = new ReadinessWatch();
        again.After(Entry("readiness.blocked", "long", "…", "margin_short"));
        again.Look([Ready(Short)], Noon).ShouldBeEmpty();
        again.Look([Ready(Short)], Noon.AddMinutes(1)).ShouldBeEmpty();
        again.Look([Ready()], Noon.AddMinutes(2)).ShouldBeEmpty();
        again.Look([Ready()], Noon.AddMinutes(3)).ShouldHaveSingleItem().Key.ShouldBe("readiness.eased");

        var over = new ReadinessWatch();
        over.After(Entry("readiness.blocked", "long", "…", "margin_short"));
        over.After(Entry("readiness.eased", "long"));
        over.Look([Ready(Short)], Noon);
        over.Look([Ready(Short)], Noon.AddMinutes(1)).ShouldHaveSingleItem().Key.ShouldBe("readiness.blocked");
    }

    [Fact]
    public void EverySentence_OfWhatIsTold_IsWritten()
    {
        foreach (var finding in new[] { Short, Claimed, new(ReadinessCheck.Volume, ReadinessState.Blocked, "below_one_lot", 3m), new(ReadinessCheck.Expiry, ReadinessState.Blocked, "expired") })
            ReadinessWords.Of(finding).ShouldNotBeNullOrEmpty();
    }

    private IReadOnlyList<RuleAlert> Look(int second, params ReadinessFinding[] findings)
    {
        var alerts = _watch.Look([Ready(findings)], Noon.AddSeconds(second));
        foreach (var alert in alerts) _watch.After(alert);
        return alerts;
    }

    private static RuleReadiness Ready(params ReadinessFinding[] findings) =>
        new(Rule, new(Guid.NewGuid()), PtaDesk.Pta, Side.Long, new(10), 0m, findings.Length == 0 ? [new(ReadinessCheck.Link, ReadinessState.Ready)] : findings);

    private static TapeEvent Entry(string key, params string[] values) => new()
    {
        Number = 1, At = Noon, Severity = TapeSeverity.Warning, Key = key, Values = values, SubjectId = Rule,
    };
}
