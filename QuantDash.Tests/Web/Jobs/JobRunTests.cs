using QuantDash.Tests.Support;
using QuantDash.Web.Jobs;

namespace QuantDash.Tests.Web.Jobs;

public sealed class JobRunTests : IDisposable
{
    private static readonly JobPlan Asked = new() { Name = "sample", Place = JobPlace.Trader, Retries = 2, FirstPause = TimeSpan.FromMilliseconds(300) };
    private readonly TempFolder _folder = new();
    private readonly SampleJob _job = new(Asked);

    private JobStore Store => JobStore.Sqlite(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Enqueue_TheSameKeyWhileItRuns_JoinsIt()
    {
        await using var rig = new JobsRig(Store, _job);
        (await rig.Jobs.EnqueueAsync(new("sample"), "admin")).Value.Joined.ShouldBeFalse();
        var end = await _job.BegunAsync();

        (await rig.Jobs.EnqueueAsync(new("sample"), "admin")).Value.Joined.ShouldBeTrue();
        (await rig.Jobs.EnqueueAsync(new("sample", "other"), "admin")).Value.Joined.ShouldBeFalse();

        var other = await _job.BegunAsync();
        end.SetResult(new("done", "7") { Triggers = [Guid.AllBitsSet] });
        other.SetResult(new("nothing_due") { Idle = true });
        var runs = await rig.HistoryOfAsync(2);
        runs.Count.ShouldBe(2, "one run a key");
        runs.Single(run => run.Id == new JobId("sample")).ShouldSatisfyAllConditions(
            run => run.Outcome.ShouldBe(JobOutcome.Succeeded), run => run.Report!.Key.ShouldBe("done"), run => run.Report!.Values.ShouldBe(["7"]),
            run => run.Triggers.ShouldBe([Guid.AllBitsSet]), run => run.AskedFor.ShouldBeTrue(), run => run.Server.ShouldBe("one"));
        runs.Single(run => run.Id == new JobId("sample", "other")).Outcome.ShouldBe(JobOutcome.Idle);
        (await rig.HistoryAsync(new() { Trigger = Guid.AllBitsSet })).ShouldHaveSingleItem().Id.ShouldBe(new("sample"));
        (await rig.HistoryAsync(new() { Trigger = new Guid("00000000-0000-0000-0000-000000000001") })).ShouldBeEmpty();
        (await rig.HistoryAsync(new())).Count.ShouldBe(1, "what found nothing to do is left out");
    }

    [Fact]
    public async Task Run_Fails_IsTriedAgainAfterPausesThatGrow_ThenToldOf()
    {
        await using var rig = new JobsRig(Store, _job);
        await rig.Jobs.EnqueueAsync(new("sample"), "admin");
        (await _job.BegunAsync()).SetException(new InvalidOperationException("the disk is gone"));
        await JobsRig.UntilAsync(() => rig.StandingAsync("sample"), s => s is { Attempt: 1, State: JobState.Retrying or JobState.Running });
        (await _job.BegunAsync()).SetException(new InvalidOperationException("still gone"));
        rig.Failures.ShouldBeEmpty("it is tried again");
        (await _job.BegunAsync()).SetException(new InvalidOperationException("gone for good"));

        var runs = await rig.HistoryOfAsync(3);
        runs.Select(run => (run.Attempt, run.IsRetried, run.Error)).ShouldBe([(2, false, "gone for good"), (1, true, "still gone"), (0, true, "the disk is gone")]);
        runs[0].Trace!.ShouldContain(nameof(SampleJob));
        (runs[0].At - runs[1].At).ShouldBeGreaterThan(Asked.FirstPause * 1.5, "the second pause is twice the first");
        rig.Failures.ShouldHaveSingleItem().ShouldBe((new("sample"), "gone for good"));
        (await JobsRig.UntilAsync(() => rig.StandingAsync("sample"), s => s.State == JobState.Idle)).ShouldSatisfyAllConditions(s => s.Last!.Failures.ShouldBe(1, "its attempts are one"), s => s.Last!.Error.ShouldBe("gone for good"));

        await rig.Jobs.EnqueueAsync(new("sample"), "admin");
        (await _job.BegunAsync()).SetResult(new("done"));
        (await rig.HistoryOfAsync(4))[0].Outcome.ShouldBe(JobOutcome.Succeeded);
    }

    [Fact]
    public async Task Enqueue_WhileItWaitsForAnotherAttempt_RunsAtOnce()
    {
        var job = new SampleJob(Asked with { FirstPause = TimeSpan.FromHours(1) });
        await using var rig = new JobsRig(Store, job);
        await rig.Jobs.EnqueueAsync(new("sample"), "admin");
        (await job.BegunAsync()).SetException(new InvalidOperationException("once"));
        await JobsRig.UntilAsync(() => rig.StandingAsync("sample"), s => s.State == JobState.Retrying);

        (await rig.Jobs.EnqueueAsync(new("sample"), "admin")).Value.Joined.ShouldBeFalse();
        (await job.BegunAsync()).SetResult(new("done"));
        (await rig.HistoryOfAsync(2))[0].Outcome.ShouldBe(JobOutcome.Succeeded);
        await JobsRig.UntilAsync(() => rig.StandingAsync("sample"), s => s.State == JobState.Idle);
    }

    [Fact]
    public async Task Cancel_ARunUnderWay_EndsItAndItIsNotTriedAgain()
    {
        await using var rig = new JobsRig(Store, _job);
        await rig.Jobs.EnqueueAsync(new("sample"), "admin");
        await _job.BegunAsync();
        _job.Runs.TryPeek(out var run).ShouldBeTrue();
        run!.Tell(0.42, "copying");
        var seen = await JobsRig.UntilAsync(() => rig.StandingAsync("sample"), s => s.Run?.Share is not null);
        (seen.State, seen.Run!.Share, seen.Run.Word, seen.Run.Server).ShouldBe((JobState.Running, 0.42, "copying", "one"));

        (await rig.Jobs.CancelAsync(new("sample"))).Succeeded.ShouldBeTrue();

        (await rig.HistoryOfAsync(1))[0].Outcome.ShouldBe(JobOutcome.Cancelled);
        await JobsRig.UntilAsync(() => rig.StandingAsync("sample"), s => s.State == JobState.Idle);
        (await rig.Jobs.CancelAsync(new("sample"))).Problems[0].Code.ShouldBe("job_not_running");
        (await rig.Jobs.CancelAsync(new("nothing"))).Problems[0].Code.ShouldBe("unknown_job");
        rig.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Enqueue_AnUnknownJob_SaysSo()
    {
        await using var rig = new JobsRig(Store, _job);
        (await rig.Jobs.EnqueueAsync(new("nothing"), "admin")).Problems[0].Code.ShouldBe("unknown_job");
        (await rig.Jobs.PauseAsync(new("sample"), "admin")).Problems[0].Code.ShouldBe("job_not_planned");
    }
}
