using System.Diagnostics;
using QuantDash.Tests.Support;
using QuantDash.Web.Jobs;

namespace QuantDash.Tests.Web.Jobs;

/// <summary>Several processes on one PostgreSQL.</summary>
public sealed class JobClusterTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly JobPlan Heavy = new() { Name = "heavy", Place = JobPlace.Anywhere };
    private static readonly JobPlan AtHome = new() { Name = "at-home", Place = JobPlace.Trader };
    private static readonly JobServing Worker = new(TakesJobs: true, [JobPlace.Anywhere], "worker");
    private static readonly JobServing Trader = new(TakesJobs: true, [JobPlace.Trader], "trader");

    private JobStore Store => JobStore.Postgres(postgres.ConnectionString);

    [PostgresFact]
    public async Task TwoProcesses_EachTakesItsOwn_AndEitherSeesAndStopsAll()
    {
        var (inWorker, inTrader) = (new SampleJob(Heavy), new SampleJob(AtHome));
        await using var worker = new JobsRig(Store, Worker, inWorker, new SampleJob(AtHome));
        await using var trader = new JobsRig(Store, Trader, new SampleJob(Heavy), inTrader);

        (await trader.Jobs.EnqueueAsync(new("heavy", "1"), "admin")).Succeeded.ShouldBeTrue();
        (await worker.Jobs.EnqueueAsync(new("at-home"), "admin")).Succeeded.ShouldBeTrue();
        await inWorker.BegunAsync();
        var home = await inTrader.BegunAsync();
        inWorker.Runs.First().Tell(0.5, "half");

        var seen = await JobsRig.UntilAsync(() => trader.StandingAsync("heavy:1"), s => s.Run?.Share == 0.5);
        (seen.Run!.Server, seen.Run.Word).ShouldBe(("worker", "half"));
        (await worker.Jobs.LookAsync()).Value.Servers.Where(server => server.IsAlive).Select(server => server.Name).Intersect(["trader", "worker"]).Count().ShouldBe(2);
        (await trader.Jobs.EnqueueAsync(new("heavy", "1"), "admin")).Value.Joined.ShouldBeTrue("it runs elsewhere");

        (await trader.Jobs.CancelAsync(new("heavy", "1"))).Succeeded.ShouldBeTrue();
        home.SetResult(new("done"));
        var runs = await JobsRig.UntilAsync(() => trader.HistoryAsync(), found => found.Any(run => run.Id.Name == "heavy") && found.Any(run => run.Id.Name == "at-home"));
        runs.Single(run => run.Id.Name == "heavy").ShouldSatisfyAllConditions(run => run.Outcome.ShouldBe(JobOutcome.Cancelled), run => run.Server.ShouldBe("worker"));
        runs.Single(run => run.Id.Name == "at-home").Server.ShouldBe("trader");
    }

    /// <summary>RELIABILITY.md: Quartz lost such a job once; the hard kill is tested, not the stop in order.</summary>
    [PostgresFact]
    public async Task KilledWorker_WhatItLeft_IsFinishedByAnother_Once()
    {
        using var folder = new TempFolder();
        using var killed = Process.Start(new ProcessStartInfo("dotnet", [typeof(JobClusterTests).Assembly.Location, JobsWorker.Verb, postgres.ConnectionString, folder.File("begun")]))!;
        try
        {
            var finisher = new SampleJob(JobsWorker.Plan);
            await using var trader = new JobsRig(Store, Trader, new SampleJob(JobsWorker.Plan));
            (await trader.Jobs.EnqueueAsync(new(JobsWorker.Plan.Name, "7"), "admin")).Succeeded.ShouldBeTrue();
            await JobsRig.UntilAsync(() => Task.FromResult(File.Exists(folder.File("begun"))), begun => begun);
            killed.Kill();
            await killed.WaitForExitAsync();

            await using var other = new JobsRig(Store, Worker, finisher);
            (await finisher.BegunAsync()).SetResult(new("done"));
            finisher.Runs.ShouldHaveSingleItem().ShouldSatisfyAllConditions(run => run.Id.Argument.ShouldBe("7"), run => run.IsResumed.ShouldBeTrue());
            var run = (await other.HistoryOfAsync(1, new() { Name = JobsWorker.Plan.Name })).ShouldHaveSingleItem();
            (run.Outcome, run.Server).ShouldBe((JobOutcome.Succeeded, "worker"));
            (await other.StandingAsync($"{JobsWorker.Plan.Name}")).State.ShouldBe(JobState.Idle);
            finisher.HasBegun.ShouldBeFalse("it was finished once");
        }
        finally
        {
            if (!killed.HasExited) killed.Kill();
        }
    }
}
