using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Tests.Support;
using Xunit.Abstractions;

namespace QuantDash.Tests.Recovery.Storage;

/// <summary>RELIABILITY.md A2: a crash at every named step of a firing, and another while recovering from it. A crash is what <see cref="StoredScene"/> calls one. Mid migration is
/// <see cref="MigrationFaultTests"/>.</summary>
[Trait(Profile.Reliability, "A2")]
public sealed class CrashStepTests(ITestOutputHelper output)
{
    /// <summary>Where a firing may be when the process is killed, in order. "In": half of the transaction's writes are on the disk.</summary>
    private enum Step
    {
        BeforeIntent, InIntent, AfterIntent, BeforeSend, AnswerLost, AfterSend, BeforeAck, InAck, AfterAck, BeforeFill, InFill, AfterFill, BeforeLock, InLock, AfterLock, AfterAll,
    }

    /// <summary>Where the recovery from it may be.</summary>
    private enum Again { BeforeItsFirstCommit, InItsFirstCommit, AfterItsFirstCommit, BeforeReconciling, InReconciling, AfterReconciling }

    [SqliteCallsFact]
    public async Task A2_CrashAtEveryStep_AndAgainInRecovery_OrdersOnceLocksOnceAndTheBooksBalance()
    {
        var runs = 0;
        foreach (var step in Enum.GetValues<Step>())
        {
            // In the short form every step once, and every crash in recovery with some of them.
            foreach (var again in Enum.GetValues<Again>().Where(again => Profile.IsFull || (int)again == (int)step % 6))
            {
                await RunAsync(step, again);
                runs++;
            }
        }

        runs.ShouldBeGreaterThanOrEqualTo(Enum.GetValues<Step>().Length);
        output.WriteLine($"A2: {runs} runs of two crashes each, 0 orders lost, 0 twice");
    }

    private static async Task RunAsync(Step step, Again again)
    {
        await using var scene = await StoredScene.NewAsync();
        using (var disk = SqliteCalls.Of(scene.Folder.Path))
        {
            await scene.BeginAsync();
            await LiveAsync(scene, disk, step);
            await scene.CrashAsync();
        }

        using (var disk = SqliteCalls.Of(scene.Folder.Path))
        {
            await RecoverAsync(scene, disk, again);
            await scene.CrashAsync();
        }

        await scene.OpenAsync();
        (await scene.ReconcileAsync()).ShouldBeTrue();
        await scene.FinishAsync();
        await scene.ShouldHaveLockedOnceAsync($"{step}, then {again}");
    }

    /// <summary>A firing up to that step.</summary>
    private static async Task LiveAsync(StoredScene scene, SqliteCalls disk, Step step)
    {
        var (commit, moment) = CommitOf(step);
        var fills = 0;
        var met = false;
        Script(scene.Connection, disk, moment, batches =>
        {
            var changes = batches.SelectMany(batch => batch.Changes).ToList();
            fills += changes.OfType<JournalChange.FillAdded>().Count();
            return met |= commit switch
            {
                Commit.Intent => changes.OfType<JournalChange.OrderSaved>().Any(),
                Commit.Ack => changes.OfType<JournalChange.OrderSaved>().Any(saved => saved.Order.State == OrderState.Accepted),
                Commit.Fill => fills == 1,
                Commit.Lock => fills == 2,
                _ => false,
            };
        });

        scene.Tick(5522);
        if (!await scene.SettleAsync(throughTrouble: false) || step == Step.BeforeSend) return;
        scene.Program.Poll(scene.Now, reports: step != Step.AfterSend, loseTheAnswer: step == Step.AnswerLost);
        if (step is Step.AfterSend or Step.AnswerLost || !await scene.SettleAsync(throughTrouble: false)) return;
        scene.Fill(scene.Counter.Placed[0], 4);
        if (!await scene.SettleAsync(throughTrouble: false)) return;
        scene.Fill(scene.Counter.Placed[0], 6);
        (await scene.SettleAsync(throughTrouble: false)).ShouldBe(step == Step.AfterAll, $"{step} was never met");
    }

    private static async Task RecoverAsync(StoredScene scene, SqliteCalls disk, Again again)
    {
        if (again <= Again.AfterItsFirstCommit)
        {
            await scene.OpenAsync(connection => Script(connection, disk, (Moment)(int)again, _ => true));
            await scene.SettleAsync(throughTrouble: false);
            return;
        }

        await scene.OpenAsync();
        await scene.SettleAsync();
        var moment = (Moment)((int)again - (int)Again.BeforeReconciling);
        Script(scene.Connection, disk, moment, batches => batches.SelectMany(batch => batch.Changes).Any(change => change is not JournalChange.EventAdded));
        await scene.ReconcileAsync(throughTrouble: false);
    }

    private static void Script(ScriptedConnection connection, SqliteCalls disk, Moment moment, Func<IReadOnlyList<JournalBatch>, bool> isIt)
    {
        var now = false;
        connection.Before = batches =>
        {
            now = isIt(batches);
            if (now && moment == Moment.Before) connection.IsDead = true;
            if (now && moment == Moment.In) disk.Arm(6, DiskError.Broken, sticky: true);
        };
        connection.After = (_, _) => connection.IsDead |= now;
    }

    private static (Commit Commit, Moment Moment) CommitOf(Step step) => step switch
    {
        Step.BeforeIntent or Step.InIntent or Step.AfterIntent => (Commit.Intent, (Moment)(step - Step.BeforeIntent)),
        Step.BeforeAck or Step.InAck or Step.AfterAck => (Commit.Ack, (Moment)(step - Step.BeforeAck)),
        Step.BeforeFill or Step.InFill or Step.AfterFill => (Commit.Fill, (Moment)(step - Step.BeforeFill)),
        Step.BeforeLock or Step.InLock or Step.AfterLock => (Commit.Lock, (Moment)(step - Step.BeforeLock)),
        _ => (Commit.None, Moment.After),
    };

    private enum Commit { None, Intent, Ack, Fill, Lock }

    private enum Moment { Before, In, After }
}
