using QuantDash.Core.Engine;
using QuantDash.Core.Locking;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Many rules at once: all or none, and a refusal leaves no trace.</summary>
public sealed class RuleBatchTests
{
    private readonly PtaDesk _desk = new(10);

    [Fact]
    public void Batch_OneRefused_WritesNothingAtAll()
    {
        var batches = _desk.Harness.Journal.Batches.Count;
        var wrong = _desk.Price(5700) with { TriggerPrice = null };

        var batch = Save(write: true, New(_desk.Price(5600)), New(wrong));

        batch.Refused.ShouldHaveSingleItem().Index.ShouldBe(1);
        (_desk.Harness.Journal.Batches.Count, _desk.Harness.Snapshot.Rules.Count).ShouldBe((batches, 0));
    }

    [Fact]
    public void Batch_AllGood_IsOneStep()
    {
        var batches = _desk.Harness.Journal.Batches.Count;

        var batch = Save(write: true, New(_desk.Price(5600)), New(_desk.Price(5700)));

        batch.Saved.Count.ShouldBe(2);
        (_desk.Harness.Journal.Batches.Count, _desk.Harness.Snapshot.Rules.Count).ShouldBe((batches + 1, 2));
    }

    [Fact]
    public void Batch_OnlyLookedAt_WritesNothing()
    {
        Save(write: false, New(_desk.Price(5600))).Refused.ShouldBeEmpty();

        _desk.Harness.Snapshot.Rules.ShouldBeEmpty();
    }

    [Fact]
    public void Batch_RuleChangedOrGoneSinceItWasRead_IsRefused()
    {
        var rule = _desk.Save(_desk.Price(5600));
        var gone = _desk.Price(5700);

        var batch = Save(write: true, new(rule with { TriggerPrice = new(5650) }, rule.UpdatedAt.AddSeconds(-1)), new(gone, gone.UpdatedAt));

        batch.Refused.Select(r => r.Problem.Code).ShouldBe(["changed_meanwhile", "unknown_rule"]);
    }

    [Fact]
    public void Delete_OneChangedSinceItWasSeen_DeletesNone()
    {
        var (first, second) = (_desk.Save(_desk.Price(5600)), _desk.Save(_desk.Price(5700)));

        var refused = Delete(write: true, first, second with { UpdatedAt = second.UpdatedAt.AddSeconds(-1) });

        refused.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Index.ShouldBe(1), r => r.Problem.Code.ShouldBe("changed_meanwhile"));
        _desk.Harness.Snapshot.Rules.Count.ShouldBe(2);
    }

    [Fact]
    public void Delete_AllAsSeen_IsOneStep()
    {
        LockRule[] rules = [_desk.Save(_desk.Price(5600)), _desk.Save(_desk.Price(5700))];
        var batches = _desk.Harness.Journal.Batches.Count;
        Delete(write: false, rules).ShouldBeEmpty();
        _desk.Harness.Snapshot.Rules.Count.ShouldBe(2);

        Delete(write: true, rules).ShouldBeEmpty();

        (_desk.Harness.Journal.Batches.Count, _desk.Harness.Snapshot.Rules.Count).ShouldBe((batches + 1, 0));
    }

    private IReadOnlyList<RuleRefused> Delete(bool write, params LockRule[] seen) => _desk.Harness.Engine.DeleteRules(seen, write, EngineHarness.Wall);

    private static RuleEdit New(LockRule rule) => new(rule, null);

    private RuleBatch Save(bool write, params RuleEdit[] edits) => _desk.Harness.Engine.SaveRules(edits, write, EngineHarness.Wall);
}
