using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Journal;
using Xunit.Abstractions;

namespace QuantDash.Tests.Recovery.Storage;

/// <summary>RELIABILITY.md A6: the power fails while the last commits of a firing are being written. What is on the disk then is the log up to some byte; or, during a checkpoint, a database of which
/// some pages are new, beside a log that is whole.</summary>
[Trait(Profile.Reliability, "A6")]
public sealed class PowerLossTests(ITestOutputHelper output)
{
    private const int LogHeader = 32;
    private const int FrameHeader = 24;
    private const int LastCommits = 3;

    /// <summary>Everything that a commit of a firing moves.</summary>
    private const string Told =
        """
        select (select max(number) from audit_logs) || ' ' || (select max(number) from tape_events) || ' ' || (select coalesce(group_concat(status || filled_volume), '') from orders)
            || ' ' || (select count(*) from trades) || ' ' || (select coalesce(group_concat(execution_status || filled_volume), '') from lock_triggers)
            || ' ' || (select count(*) from lock_executions) || ' ' || (select coalesce(group_concat(status || volume), '') from locks) || ' ' || (select sum(volume) || '/' || sum(locked_volume) from lots) as "Value"
        """;

    [Fact]
    public async Task A6_LogCutAtEveryByteOfTheLastCommits_HoldsEveryWholeCommitAndNoHalfOne()
    {
        var fired = await FireAsync();
        var commits = fired.Commits.TakeLast(LastCommits + 1).ToList();
        commits.Select(commit => commit.Told).Distinct().Count().ShouldBeGreaterThanOrEqualTo(LastCommits, "commits that cannot be told apart show nothing");
        using var cut = new Copies();
        var cuts = Cuts(commits[0].LogLength, commits[^1].LogLength, fired.PageSize).ToList();
        foreach (var at in cuts)
        {
            var expected = commits.Last(commit => commit.LogLength <= at).Told;
            (await cut.LookAsync(fired.Database, fired.Log.AsMemory(0, at))).ShouldBe(("ok", expected), $"log of {fired.Log.Length} bytes cut at {at}");
        }

        output.WriteLine($"A6: {cuts.Count} cuts over {commits[^1].LogLength - commits[0].LogLength} bytes of {LastCommits} commits, 0 lost that were whole, 0 half there");
    }

    [Fact]
    public async Task A6_CheckpointCutAtEveryChangedPage_HoldsEverything()
    {
        var fired = await FireAsync();
        using var cut = new Copies();
        var cuts = new List<int>();
        for (var page = 0; page < fired.Checkpointed.Length; page += fired.PageSize)
        {
            if (page < fired.Database.Length && fired.Checkpointed.AsSpan(page, fired.PageSize).SequenceEqual(fired.Database.AsSpan(page, fired.PageSize))) continue;
            cuts.AddRange(Profile.IsFull ? [page, page + 1, page + (fired.PageSize / 2), page + fired.PageSize - 1, page + fired.PageSize] : [page + (fired.PageSize / 2)]);
        }

        foreach (var at in cuts)
        {
            byte[] torn = [.. fired.Checkpointed.AsSpan(0, at), .. at < fired.Database.Length ? fired.Database.AsSpan(at) : []];
            (await cut.LookAsync(torn, fired.Log)).ShouldBe(("ok", fired.Commits[^1].Told), $"checkpoint cut at {at}");
        }

        cuts.ShouldNotBeEmpty();
        output.WriteLine($"A6: {cuts.Count} cuts of a checkpoint, nothing lost");
    }

    /// <summary>Short: round every frame's ends, and every 97th byte of the last commit alone; full: every byte.</summary>
    private static IEnumerable<int> Cuts(int from, int to, int pageSize)
    {
        if (Profile.IsFull) return Enumerable.Range(from, to - from + 1);
        var frame = FrameHeader + pageSize;
        var ends = Enumerable.Range(0, ((to - from) / frame) + 1).Select(i => from + (i * frame)).SelectMany(end => (int[])[end - 1, end, end + 1]);
        var some = Enumerable.Range(0, 50).Select(i => to - (97 * i));
        return ends.Concat(some).Where(at => at >= from && at <= to).Distinct().Order();
    }

    private static async Task<Fired> FireAsync()
    {
        var commits = new List<(int LogLength, string Told)>();
        await using var scene = await StoredScene.NewAsync();
        await scene.BeginAsync(connection => connection.After = (_, inner) => commits.Add(((int)new FileInfo(scene.Folder.File("quantdash.db-wal")).Length, Ask(inner))));
        scene.Tick(5522);
        await scene.SettleAsync();
        scene.Program.Poll(scene.Now);
        await scene.SettleAsync();
        foreach (var volume in (decimal[])[3, 2, 5])
        {
            scene.Fill(scene.Counter.Placed[0], volume);
            await scene.SettleAsync();
        }

        await scene.ShouldHaveLockedOnceAsync("before the power failed");
        using var before = scene.CopyFiles();
        await scene.Rig.RunAsync("pragma wal_checkpoint(passive)");
        using var after = scene.CopyFiles();
        var (database, log) = (File.ReadAllBytes(before.File("quantdash.db")), File.ReadAllBytes(before.File("quantdash.db-wal")));
        log.Length.ShouldBe(commits[^1].LogLength, "nothing but the journal writes");
        var pageSize = (int)await scene.Rig.ReadAsync<long>("pragma page_size");
        ((log.Length - LogHeader) % (FrameHeader + pageSize)).ShouldBe(0);
        return new(database, log, File.ReadAllBytes(after.File("quantdash.db")), pageSize, commits);
    }

    private static string Ask(JournalConnection connection)
    {
        using var context = connection.CreateContext();
        return context.Database.SqlQueryRaw<string>(Told).AsEnumerable().Single();
    }

    private sealed record Fired(byte[] Database, byte[] Log, byte[] Checkpointed, int PageSize, List<(int LogLength, string Told)> Commits);

    /// <summary>Files put together by hand and opened as SQLite would after the power is back.</summary>
    private sealed class Copies : IDisposable
    {
        private readonly TempFolder _folder = new();

        public async Task<(string Integrity, string Told)> LookAsync(byte[] database, ReadOnlyMemory<byte> log)
        {
            var file = _folder.File("quantdash.db");
            File.Delete(file + "-shm");
            await File.WriteAllBytesAsync(file, database);
            await using (var wal = File.Create(file + "-wal")) await wal.WriteAsync(log);
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
            await connection.OpenAsync();
            return (await AskAsync(connection, "pragma integrity_check"), await AskAsync(connection, Told));
        }

        public void Dispose() => _folder.Dispose();

        private static async Task<string> AskAsync(SqliteConnection connection, string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            return (string)(await command.ExecuteScalarAsync())!;
        }
    }
}
