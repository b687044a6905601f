using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Reconciliation;

namespace QuantDash.Tests.Web.Features.Reconciliation;

public sealed class ReconciliationPageTests : ScreenContext
{
    private readonly Counter _counter = new();

    private readonly Past _past = new();

    public ReconciliationPageTests()
    {
        Services.AddSingleton<IReconciliationCounter>(_counter);
        Services.AddSingleton<IReconciliationHistory>(_past);
    }

    [Fact]
    public void PastComparisons_ShowWhyWhatCameOfThemAndEachDifference()
    {
        Show();
        var page = Render<ReconciliationPage>();

        var rows = page.WaitForElements("#runs tbody tr");
        rows.Count.ShouldBe(2);
        rows[0].TextContent.ShouldContain("1 difference open");
        rows[0].QuerySelector("li")!.TextContent.ShouldContain("left out of the snapshot");
        rows[0].QuerySelector("[data-label=Took]")!.TextContent.ShouldBe("2.5 s");
        rows[1].TextContent.ShouldContain("agrees");
        rows[1].QuerySelector("details").ShouldBeNull();
        page.Find(".pairs").TextContent.ShouldContain("4 comparisons without news since");
    }

    [Fact]
    public async Task PastComparisons_AnotherOneIsKept_AreReadAgain()
    {
        Show();
        var page = Render<ReconciliationPage>();
        page.WaitForElements("#runs tbody tr");
        Publish(Snapshots.Current with { });
        page.WaitForAssertion(() => _past.Asked.ShouldBe(2));
        await page.InvokeAsync(() => { }); // The turn that drew it is over.
        Publish(Snapshots.Current with { });
        await page.InvokeAsync(() => { });
        _past.Asked.ShouldBe(2, "nothing more was kept");

        Show(keptAt: SampleSnapshot.Now.AddMinutes(1));

        page.WaitForAssertion(() => _past.Asked.ShouldBeGreaterThan(2));
    }

    [Fact]
    public async Task Retention_ForgetsUntilNothingIsOld()
    {
        _past.Old = 1500;
        var job = new ReconciliationRetentionJob(_past, Clock);

        (await job.RunAsync(new(new("reconciliation-retention"), 0, false, (_, _) => { }), default)).ToString().ShouldBe("removed_comparisons|1500");
        _past.Before.ShouldBe(SampleSnapshot.Now.AddDays(-90));
        (await job.RunAsync(new(new("reconciliation-retention"), 0, false, (_, _) => { }), default)).Idle.ShouldBeTrue();
    }

    [Fact]
    public void Page_ShowsTheLatestComparisonAndEachDifferenceWithBothFigures()
    {
        Show();
        var page = Render<ReconciliationPage>();
        page.Find(".card .pill").TextContent.ShouldBe("differs");
        page.Find(".pairs").TextContent.ShouldContain("after a reconnection");
        page.Find(".pairs").TextContent.ShouldContain("6 legs, 2 orders, 3 trades");
        var rows = page.FindAll("table.differences tbody tr");
        rows.Select(row => row.GetAttribute("data-key")).ShouldBe(["leg:CZCE.TA2505:long", "order:QD1-1", "funds"]);
        rows[0].TextContent.ShouldContain("left out of the snapshot");
        rows[1].QuerySelector("a")!.GetAttribute("href").ShouldBe("/orders");
        rows[2].QuerySelector("button").ShouldBeNull("taken over already");
    }

    [Fact]
    public void Adopt_SaysWhatItChanges_AndTakesOverWhatWasShown()
    {
        Show();
        var page = Render<ReconciliationPage>();
        page.Find("table.differences td.actions button").Click();
        page.Find("dialog .notice").TextContent.ShouldContain("Locks that lose lots break");
        _counter.Adopted.ShouldBeEmpty();
        page.Find("dialog footer .primary").Click();
        _counter.Adopted.ShouldBe([("leg:CZCE.TA2505:long", 0m)]);
        page.FindAll("dialog").ShouldBeEmpty();
    }

    [Fact]
    public void Adopt_OfWhatChangedMeanwhile_SaysSo()
    {
        Show();
        _counter.Refusal = new("shown", "difference_changed", 0m, 2m);
        var page = Render<ReconciliationPage>();
        page.Find("table.differences td.actions button").Click();
        page.Find("dialog footer .primary").Click();
        page.Find("dialog .notice.danger").TextContent.ShouldContain("The venue says 2 by now");
    }

    [Fact]
    public void CompareNow_AsksForThisAccount()
    {
        Show();
        Render<ReconciliationPage>().Find("button[data-account]").Click();
        _counter.Asked.ShouldBe([SampleSnapshot.Demo]);
    }

    [Fact]
    public void Gate_Shut_SaysThatOrdersAreHeld()
    {
        Show(held: true);
        var page = Render<ReconciliationPage>();
        page.Find(".card .pill").TextContent.ShouldBe("orders held");
        page.Find(".hint.danger").TextContent.ShouldContain("No order goes out");
    }

    private void Show(bool held = false, DateTimeOffset? keptAt = null)
    {
        var sample = SampleSnapshot.At(SampleSnapshot.Now);
        Difference Of(string key, DifferenceKind kind, decimal? ours, decimal? venue, string why, bool adopted, bool canAdopt) => new()
        {
            Key = key, Kind = kind, Symbol = kind == DifferenceKind.Funds ? null : SampleSnapshot.Pta.Symbol, Side = kind == DifferenceKind.Leg ? Side.Long : null, OrderId = kind == DifferenceKind.Order ? "QD1-1" : null,
            Ours = ours, Venue = venue, Since = sample.At.AddSeconds(-20), Why = why, IsAdopted = adopted, CanAdopt = canAdopt,
        };
        Publish(sample with
        {
            Reconciliations =
            [
                new()
                {
                    AccountId = SampleSnapshot.Demo, Last = new(ReconciliationWhy.Reconnect, sample.At.AddSeconds(-9), sample.At.AddSeconds(-8), 6, 2, 3), HoldsOrders = held, KeptAt = keptAt ?? sample.At, Quiet = 4,
                    Differences =
                    [
                        Of("leg:CZCE.TA2505:long", DifferenceKind.Leg, 10, 0, "left_out", false, true), Of("order:QD1-1", DifferenceKind.Order, 0, null, "not_answered", false, false),
                        Of("funds", DifferenceKind.Funds, 100, 101, "differs", true, false),
                    ],
                },
            ],
        });
    }

    private sealed class Past : IReconciliationHistory
    {
        public int Asked { get; private set; }
        public int Old { get; set; }
        public DateTimeOffset? Before { get; private set; }

        public Task<Page<ReconciliationRecord>> RunsAsync(ReconciliationFilter filter, PageRequest page, CancellationToken stop = default)
        {
            Asked++;
            return Task.FromResult(new Page<ReconciliationRecord>([Record(2, 1), Record(1, 0)], null));
        }

        public Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken stop = default)
        {
            Before = before;
            var some = Math.Min(Old, most);
            Old -= some;
            return Task.FromResult(some);
        }

        private static ReconciliationRecord Record(int minute, int differences) => new()
        {
            AccountId = SampleSnapshot.Demo, Found = differences, Open = differences, QuietBefore = 12,
            Run = new(ReconciliationWhy.Demand, SampleSnapshot.Now.AddMinutes(minute).AddSeconds(-2.5), SampleSnapshot.Now.AddMinutes(minute), 6, 2, 3),
            Differences =
            [
                .. Enumerable.Range(0, differences).Select(_ => new Difference
                {
                    Key = "leg:CZCE.TA2505:long", Kind = DifferenceKind.Leg, Symbol = SampleSnapshot.Pta.Symbol, Side = Side.Long, Ours = 10, Venue = 0, Since = SampleSnapshot.Now, Why = "left_out",
                }),
            ],
        };
    }

    private sealed class Counter : IReconciliationCounter
    {
        public List<AccountId> Asked { get; } = [];
        public List<(string Key, decimal? Shown)> Adopted { get; } = [];
        public Problem? Refusal { get; set; }

        public Task<Outcome<ReconciliationView>> AskAsync(AccountId account)
        {
            Asked.Add(account);
            return Answer();
        }

        public Task<Outcome<ReconciliationView>> AdoptAsync(AccountId account, string key, decimal? shown)
        {
            if (Refusal is null) Adopted.Add((key, shown));
            return Answer();
        }

        private Task<Outcome<ReconciliationView>> Answer() => Task.FromResult(
            Refusal is { } problem ? Outcome<ReconciliationView>.Failure([problem]) : Outcome<ReconciliationView>.Success(new() { AccountId = SampleSnapshot.Demo, Last = null, Differences = [] }));
    }
}
