using System.Diagnostics;
using Microsoft.Data.Sqlite;
using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Tests.Support;
using Xunit.Abstractions;

namespace QuantDash.Tests.Recovery.Storage;

/// <summary>RELIABILITY.md A4: the disk fails at the k-th call, for every k until a run has nothing left to fail. Checkpoints come in between, so that the database file fails as well as its log.</summary>
[Trait(Profile.Reliability, "A4")]
public sealed class FailedCallTests(ITestOutputHelper output)
{
    private static readonly TimeSpan SeenWithin = TimeSpan.FromSeconds(Profile.Number(30, 1)); // One, where the machine is not also building.

    [SqliteCallsTheory]
    [InlineData("broken", false)]
    [InlineData("broken", true)]
    [InlineData("full", false)]
    [InlineData("full", true)]
    public async Task A4_DiskFailsAtTheKthCall_HaltsSaysSoAndGoesOn_WithOneOrderAndBooksThatBalance(string error, bool sticky)
    {
        var wanted = error == "full" ? DiskError.Full : DiskError.Broken;
        var (runs, calls) = (0, 0);
        for (var k = 1; ; k += Profile.Number(61, 1))
        {
            var (failed, counted) = await RunAsync(k, wanted, sticky);
            runs++;
            calls = Math.Max(calls, counted);
            if (failed == 0) break;
        }

        output.WriteLine($"A4: {error}, {(sticky ? "from the k-th call on" : "once")}: {runs} runs, {calls} calls in the run without a failure");
        runs.ShouldBeGreaterThan(2);
    }

    private static async Task<(int Failed, int Counted)> RunAsync(int k, DiskError error, bool sticky)
    {
        await using var scene = await StoredScene.NewAsync();
        using var disk = SqliteCalls.Of(scene.Folder.Path);
        await scene.BeginAsync(connection => connection.CheckpointEvery = 2);
        scene.HandedOut = commands => ShouldBeDurable(scene, commands);
        var watch = new FlushWatch(disk);
        scene.Connection.Before = _ => watch.Begin();
        scene.Connection.After = (_, _) => watch.ShouldEndFlushed();
        var because = $"call {k}";

        disk.Arm(k, error, sticky);
        foreach (var step in (Action[])[() => scene.Tick(5522), () => scene.Program.Poll(scene.Now), () => scene.Fill(scene.Counter.Placed[0], 4), () => scene.Fill(scene.Counter.Placed[0], 6)])
        {
            step();
            var since = Stopwatch.StartNew();
            if (!await scene.SettleAsync(throughTrouble: !sticky))
            {
                since.Elapsed.ShouldBeLessThan(SeenWithin, because);
                ShouldHalt(scene, because);
                disk.Disarm();
            }
            await scene.SettleAsync();
        }

        var (failed, counted) = (disk.Failed, disk.Calls.Count);
        disk.Disarm();
        watch.Trouble.ShouldBeNull(because);
        await scene.FinishAsync();
        scene.Rig.Journal.Health.ShouldSatisfyAllConditions(health => health.State.ShouldBe(JournalState.Healthy, because), health => health.LastError.ShouldBeNull(because));
        await scene.ShouldHaveLockedOnceAsync(because);
        return (failed, counted);
    }

    /// <summary>Nothing goes out, whoever asks and whatever the price does; and it is seen.</summary>
    private static void ShouldHalt(StoredScene scene, string because)
    {
        var (placed, health) = (scene.Counter.Placed.Count, scene.Rig.Journal.Health);
        health.ShouldSatisfyAllConditions(
            h => h.State.ShouldBe(JournalState.Retrying, because), h => h.LastError.ShouldNotBeNullOrEmpty(because), h => h.Depth.ShouldBeGreaterThan(0, because), h => h.OldestWaitingSince.ShouldNotBeNull(because));
        scene.Tick(5522);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.Count.ShouldBe(placed, because);
    }

    /// <summary>In copies of the files as they are on the disk now, which is what a power cut would leave.</summary>
    private static void ShouldBeDurable(StoredScene scene, IReadOnlyList<BridgeCommand> commands)
    {
        var places = commands.Where(command => command.Action == BridgeAction.Place).ToList();
        if (places.Count == 0) return;
        using var copies = scene.CopyFiles();
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copies.File("quantdash.db"), Pooling = false }.ConnectionString);
        copy.Open();
        foreach (var place in places)
        {
            using var look = copy.CreateCommand();
            look.CommandText = "select count(*) from orders where id = $id";
            look.Parameters.AddWithValue("$id", place.Order.Id.Value);
            look.ExecuteScalar().ShouldBe(1L, "an order went out whose intent is not on the disk");
        }
    }
}
