using QuantDash.Tests.Support;
using QuantDash.Web.Jobs;

namespace QuantDash.Tests.Web.Jobs;

public sealed class JobScheduleTests : IDisposable
{
    private static readonly JobPlan Hourly = new() { Name = "sample", Place = JobPlace.Trader, Schedule = JobSchedule.Every(TimeSpan.FromHours(1)) };
    private readonly TempFolder _folder = new();

    private JobStore Store => JobStore.Sqlite(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Restart_APausedJob_StaysPausedAndItsScheduleIsNotDoubled()
    {
        await using (var rig = new JobsRig(Store, new SampleJob(Hourly)))
        {
            (await rig.StandingAsync("sample")).State.ShouldBe(JobState.Planned);
            (await rig.Jobs.PauseAsync(new("sample"), "admin")).Succeeded.ShouldBeTrue();
        }

        var job = new SampleJob(Hourly);
        await using (var rig = new JobsRig(Store, job))
        {
            var board = (await rig.Jobs.LookAsync()).Value;
            board.Jobs.ShouldHaveSingleItem().ShouldSatisfyAllConditions(s => s.State.ShouldBe(JobState.Paused), s => s.IsPaused.ShouldBeTrue(), s => s.PausedBy.ShouldBe("admin"));
            board.Servers.ShouldHaveSingleItem().Name.ShouldBe("one");
            await rig.Jobs.EnqueueAsync(new("sample"), "admin");
            (await job.BegunAsync()).SetResult(new("done")); // By hand it runs.
            await rig.HistoryOfAsync(1);
        }

        await using (var rig = new JobsRig(Store, new SampleJob(Hourly with { Schedule = JobSchedule.DailyAt(new(3, 30)) })))
        {
            (await rig.StandingAsync("sample")).State.ShouldBe(JobState.Paused, "another schedule does not resume it");
            (await rig.Jobs.ResumeAsync(new("sample"))).Succeeded.ShouldBeTrue();
            var planned = await rig.StandingAsync("sample");
            planned.State.ShouldBe(JobState.Planned);
            (planned.NextAt!.Value.Hour, planned.NextAt.Value.Minute).ShouldBe((3, 30));
            (await rig.HistoryAsync()).ShouldHaveSingleItem("the past is kept").Report!.Key.ShouldBe("done");
        }

        await using (var rig = new JobsRig(Store, new SampleJob(Hourly with { Schedule = null })))
            (await rig.StandingAsync("sample")).State.ShouldBe(JobState.Idle, "the schedule was taken back");
    }

    [Fact]
    public async Task Restart_WhileOneRuns_ItIsTakenUpAgain()
    {
        var plan = Hourly with { Schedule = null };
        var first = new SampleJob(plan);
        await using (var rig = new JobsRig(Store, first))
        {
            await rig.Jobs.EnqueueAsync(new("sample", "a"), "admin");
            await first.BegunAsync();
        }

        var second = new SampleJob(plan);
        await using var again = new JobsRig(Store, second);
        (await second.BegunAsync()).SetResult(new("done"));
        second.Runs.ShouldHaveSingleItem().ShouldSatisfyAllConditions(run => run.Id.ShouldBe(new("sample", "a")), run => run.IsResumed.ShouldBeTrue());
        await JobsRig.UntilAsync(() => again.HistoryAsync(new()), runs => runs.Any(run => run.Outcome == JobOutcome.Succeeded));
    }

    /// <summary>RELIABILITY.md, C3: a machine that slept.</summary>
    [Theory]
    [InlineData(MissedTime.Skip)]
    [InlineData(MissedTime.RunOnce)]
    public async Task Sleep_OverSeveralPlannedTimes_IsSkippedOrMadeUpOnce(MissedTime missed)
    {
        var plan = Hourly with { Missed = missed };
        await using (var rig = new JobsRig(Store, new SampleJob(plan))) await rig.StandingAsync("sample");

        var job = new SampleJob(plan);
        await using var later = new JobsRig(Store, TimeSpan.FromHours(5), job);
        var next = await JobsRig.UntilAsync(() => later.StandingAsync("sample"), s => s.NextAt > TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(5));
        if (missed == MissedTime.RunOnce)
        {
            (await job.BegunAsync()).SetResult(new("done"));
            await later.HistoryOfAsync(1);
        }

        (next.NextAt!.Value - TimeProvider.System.GetUtcNow()).ShouldBeLessThan(TimeSpan.FromHours(6.1));
        job.HasBegun.ShouldBeFalse("once at most");
        job.Runs.Count.ShouldBe(missed == MissedTime.Skip ? 0 : 1);
    }

    [Fact]
    public async Task History_OfLongAgo_IsForgotten_WhatFoundNothingToDoSooner()
    {
        var job = new SampleJob(Hourly with { Schedule = null });
        await using (var rig = new JobsRig(Store, job))
        {
            await rig.Jobs.EnqueueAsync(new("sample", "a"), "admin");
            (await job.BegunAsync()).SetResult(new("done"));
            await rig.HistoryOfAsync(1);
            await rig.Jobs.EnqueueAsync(new("sample", "b"), "admin");
            (await job.BegunAsync()).SetResult(new("nothing_due") { Idle = true });
            (await rig.HistoryOfAsync(2)).Count.ShouldBe(2);
        }

        await using (var rig = new JobsRig(Store, JobRetention.IdleRuns * 1.1, job))
            (await rig.HistoryAsync()).ShouldHaveSingleItem().Id.Argument.ShouldBe("a");
        await using (var rig = new JobsRig(Store, JobRetention.Runs * 1.1, job))
            (await rig.HistoryAsync()).ShouldBeEmpty();
    }
}
