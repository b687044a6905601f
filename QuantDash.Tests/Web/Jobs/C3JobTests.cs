using QuantDash.Tests.Support;
using QuantDash.Web.Jobs;

namespace QuantDash.Tests.Web.Jobs;

/// <summary>RELIABILITY.md C3 for jobs: however the clock goes, a planned time is run at most once, and one that is long past is written down as missed and not run.</summary>
[Trait(Profile.Reliability, "C3")]
public sealed class C3JobTests : IDisposable
{
    private static readonly DateTimeOffset Morning = new(2028, 2, 28, 9, 0, 0, TimeSpan.Zero);
    private static readonly JobPlan AtTen = new()
    {
        Name = "sample", Place = JobPlace.Trader, Schedule = JobSchedule.DailyAt(new(10, 0)), Missed = MissedTime.RunOnce, MakeUpWithin = TimeSpan.FromHours(4),
    };

    private readonly TempFolder _folder = new();

    private JobStore Store => JobStore.Sqlite(_folder.Path);

    public void Dispose() => _folder.Dispose();

    /// <summary>Planned at 9, off, and back so much later.</summary>
    [Theory]
    [InlineData(3, 1)]
    [InlineData(8, 0)]
    [InlineData(27, 1)]
    [InlineData(24 * 3, 0)]
    public async Task C3_BackAfterHours_MadeUpOnceWithinItsDeadline_ElseWrittenDownAsMissed(int hours, int runs)
    {
        var clock = new SetTime(Morning);
        await using (var rig = new JobsRig(Store, clock, new SampleJob(AtTen))) (await rig.StandingAsync("sample")).NextAt.ShouldBe(Morning.AddHours(1));
        clock.Set(Morning.AddHours(hours));
        var job = new SampleJob(AtTen);
        await using var back = new JobsRig(Store, clock, job);
        if (runs > 0) (await job.BegunAsync()).SetResult(new("done"));

        var past = (await back.HistoryOfAsync(1, new() { WithIdle = true })).ShouldHaveSingleItem("once, however many were missed");
        (past.Report!.Key, past.Outcome).ShouldBe(runs > 0 ? ("done", JobOutcome.Succeeded) : ("missed", JobOutcome.Idle));
        if (runs == 0) past.Report.Values.ShouldBe([$"{clock.GetUtcNow().AddHours(hours == 8 ? 0 : -24):yyyy-MM-dd} 10:00 UTC", "4"], "the latest that was missed, and how late it may be");
        (await back.StandingAsync("sample")).NextAt!.Value.ShouldBeGreaterThan(clock.GetUtcNow());
        job.Runs.Count.ShouldBe(runs);
    }

    /// <summary>It ran at ten; then the clock is put back an hour, and passes ten again.</summary>
    [Fact]
    public async Task C3_ClockIsPutBackAnHour_WhatRanDoesNotRunAgain()
    {
        var clock = new SetTime(Morning.AddHours(1).AddMinutes(30));
        await using (var rig = new JobsRig(Store, new SetTime(Morning), new SampleJob(AtTen))) await rig.StandingAsync("sample");
        var job = new SampleJob(AtTen);
        await using (var rig = new JobsRig(Store, clock, job))
        {
            (await job.BegunAsync()).SetResult(new("done"));
            await rig.HistoryOfAsync(1);
        }

        var (again, other) = (new SampleJob(AtTen), new SampleJob(AtTen with { Name = "other", Schedule = null }));
        clock.Set(Morning.AddMinutes(59));
        await using var back = new JobsRig(Store, clock, again, other);
        (await back.StandingAsync("sample")).NextAt.ShouldBe(Morning.AddHours(25), "today's is done");
        clock.Set(Morning.AddMinutes(61));
        await back.Jobs.EnqueueAsync(new("other"), "admin");
        (await other.BegunAsync()).SetResult(new("done"));
        await back.HistoryOfAsync(2);
        again.Runs.ShouldBeEmpty();
    }

    /// <summary>Over a leap day, both changes of summer time on both sides of the sea, a half-day and the turn of a year: one planned time a day, a day apart.</summary>
    [Theory]
    [InlineData("2028-02-27")]
    [InlineData("2026-03-07")]
    [InlineData("2026-03-28")]
    [InlineData("2026-10-24")]
    [InlineData("2026-10-31")]
    [InlineData("2026-11-26")]
    [InlineData("2026-12-30")]
    public void C3_PlannedTimes_AreOneADay(string from)
    {
        var at = DateTimeOffset.Parse(from + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        var planned = JobKeys.Plan(AtTen, at)!;
        for (var day = 0; day < 4; day++)
        {
            var next = planned.GetFireTimeAfter(at)!.Value;
            next.ShouldBe(at.AddHours(10));
            AtTen.Schedule!.LatestPlanned(next, null).ShouldBe(next);
            AtTen.Schedule.LatestPlanned(next.AddSeconds(-1), null).ShouldBe(next.AddDays(-1));
            at = at.AddDays(1);
        }
    }

    /// <summary>The machine's time, put to where a test wants it.</summary>
    private sealed class SetTime(DateTimeOffset at) : TimeProvider
    {
        private TimeSpan _away = at - System.GetUtcNow();

        public void Set(DateTimeOffset at) => _away = at - System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _away;
    }
}
