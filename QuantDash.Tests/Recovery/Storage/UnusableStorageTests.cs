using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using QuantDash.Core.Engine;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Backup;
using QuantDash.Web.Configuration;

namespace QuantDash.Tests.Recovery.Storage;

/// <summary>RELIABILITY.md A5: a database file that is gone, cut, garbage or may not be written: at a start, and under a trader that runs. The locked file and the full disk are
/// <see cref="DatabaseFaultTests"/>.</summary>
[Trait(Profile.Reliability, "A5")]
public sealed class UnusableStorageTests
{
    private const int UnusableStorage = 4;
    private const int Events = 30;

    [Theory]
    [InlineData("deleted")]
    [InlineData("deleted, its log left")]
    [InlineData("emptied")]
    [InlineData("cut")]
    [InlineData("garbage")]
    [InlineData("garbage inside")]
    public async Task A5_DatabaseFileBroken_AtTheStart_IsRefusedInOneSentence_AndABackupBringsItBack(string how)
    {
        using var folder = new TempFolder();
        var backup = await FilledAsync(folder);
        var file = folder.File("quantdash.db");
        Break(file, how);

        var first = await Should.ThrowAsync<UnusableStorageException>(() => LoadAsync(folder));
        first.Message.ShouldContain(file);
        first.Message.ShouldContain("restore");
        (await Should.ThrowAsync<UnusableStorageException>(() => LoadAsync(folder))).Message.ShouldContain(file, Case.Sensitive, "the first start made nothing better of it");

        await new BackupRestorer(StorageTarget.Sqlite(file, folder.Path), TimeProvider.System).RunAsync(backup, CancellationToken.None);
        await using var again = await StorageRig.SqliteAsync(folder);
        (await again.ReadAsync<long>("select count(*) from tape_events")).ShouldBe(Events);
        (await again.ReadAsync<string>("pragma integrity_check")).ShouldBe("ok");
        (await again.VerifyAuditAsync()).IsWhole.ShouldBeTrue();
        await again.WriteAsync(new JournalChange.EventAdded(new StorageSamples(1).Event(Events + 1)));
    }

    [SmallDiskFact]
    public async Task A5_ReadOnlyDisk_AtTheStart_IsRefusedInOneSentence_AndGoesOnWhenItIsNot()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 16);
        var target = StorageTarget.Sqlite(Path.Combine(disk.Path, "quantdash.db"), disk.Path);
        await FilledAsync(target);
        await Tool.RunAsync("mount", "-o", "remount,ro", disk.Path);

        (await Should.ThrowAsync<UnusableStorageException>(() => StorageRig.SqliteAsync(target))).Message.ShouldSatisfyAllConditions(
            said => said.ShouldContain(disk.Path), said => said.ShouldContain("cannot be written"));

        await Tool.RunAsync("mount", "-o", "remount,rw", disk.Path);
        await using var again = await StorageRig.SqliteAsync(target);
        (await again.ReadAsync<long>("select count(*) from tape_events")).ShouldBe(Events);
    }

    [Theory]
    [InlineData("quantdash.db")]
    [InlineData("quantdash.db-wal")]
    public async Task A5_FileMovedAwayUnderARunningTrader_HaltsSeenly_AndGoesOnWhenItIsBack(string name)
    {
        using var folder = new TempFolder();
        await using var storage = await StorageRig.SqliteAsync(folder);
        var some = new StorageSamples(1);
        await storage.WriteAsync(new JournalChange.EventAdded(some.Event(1)));
        File.Move(folder.File(name), folder.File("away"));
        storage.Journal.Append(new(2, [new JournalChange.EventAdded(some.Event(2))]));
        if (name == "quantdash.db")
        {
            await UntilAsync(() => storage.Journal.Health is { State: JournalState.Retrying, LastError: { } said } && said.Contains(folder.File(name), StringComparison.Ordinal));
            storage.Journal.Health.ShouldSatisfyAllConditions(h => h.CommittedSequence.ShouldBe(1), h => h.Depth.ShouldBe(1));
            File.Exists(folder.File(name)).ShouldBeFalse("an empty one in its place would be traded on after the next start");
            File.Move(folder.File("away"), folder.File(name));
        }

        await UntilAsync(() => storage.Journal.Health is { State: JournalState.Healthy, CommittedSequence: 2 });
        await storage.DisposeAsync();
        await using var again = await StorageRig.SqliteAsync(folder);
        (await again.ReadAsync<long>("select count(*) from tape_events")).ShouldBe(2, "what was called durable is in the file that has the name");
    }

    /// <summary>Somebody restores by hand, under a trader that knows more: its next write would be the first of a history with a hole.</summary>
    [Fact]
    public async Task A5_OlderFileInItsPlaceUnderARunningTrader_HaltsSeenly()
    {
        using var folder = new TempFolder();
        await using var storage = await StorageRig.SqliteAsync(folder);
        var some = new StorageSamples(1);
        await storage.WriteAsync(new JournalChange.EventAdded(some.Event(1)));
        await storage.RunAsync($"vacuum into '{folder.File("older")}'");
        await storage.WriteAsync(new JournalChange.EventAdded(some.Event(2)));
        File.Delete(folder.File("quantdash.db"));
        await UntilAsync(() => storage.Journal.Health.State == JournalState.Retrying);
        foreach (var log in (string[])["quantdash.db-wal", "quantdash.db-shm"]) File.Delete(folder.File(log));
        File.Move(folder.File("older"), folder.File("quantdash.db"));

        storage.Journal.Append(new(3, [new JournalChange.EventAdded(some.Event(3))]));
        await UntilAsync(() => storage.Journal.Health is { State: JournalState.Retrying, LastError: { } said } && said.Contains("went back", StringComparison.Ordinal));
        storage.Journal.Health.CommittedSequence.ShouldBe(2);
    }

    /// <summary>What a sign-in or a key saves goes over a connection that was opened while the file had its name.</summary>
    [Fact]
    public async Task A5_FileDeletedUnderARunningTrader_WhatOthersSave_IsNotCalledSaved()
    {
        using var folder = new TempFolder();
        await using var storage = await StorageRig.SqliteAsync(folder);
        await SaveAsync(storage, "create table tried (number int)");
        File.Delete(folder.File("quantdash.db"));

        (await Should.ThrowAsync<FileNotFoundException>(() => SaveAsync(storage, "insert into tried values (1)"))).Message.ShouldContain(folder.File("quantdash.db"));
    }

    /// <summary>Another file of the same name (a copy, brought back) while pooled connections still have the former one open.</summary>
    [Fact]
    public async Task A5_AnotherFileInItsPlaceUnderARunningTrader_IsWhatIsReadAndWrittenFromThenOn()
    {
        using var folder = new TempFolder();
        await using var storage = await StorageRig.SqliteAsync(folder);
        var some = new StorageSamples(1);
        await storage.WriteAsync(new JournalChange.EventAdded(some.Event(1)));
        await storage.RunAsync($"vacuum into '{folder.File("copy")}'");
        (await storage.ReadAsync<long>("select count(*) from tape_events")).ShouldBe(1);
        foreach (var log in (string[])["quantdash.db-wal", "quantdash.db-shm"]) File.Delete(folder.File(log));
        File.Move(folder.File("copy"), folder.File("quantdash.db"), overwrite: true);

        await storage.WriteAsync(new JournalChange.EventAdded(some.Event(2)));

        (await storage.ReadAsync<long>("select count(*) from tape_events")).ShouldBe(2);
        await storage.DisposeAsync();
        await using var again = await StorageRig.SqliteAsync(folder);
        (await again.ReadAsync<long>("select count(*) from tape_events")).ShouldBe(2);
        (await again.ReadAsync<string>("pragma integrity_check")).ShouldBe("ok");
    }

    [Fact]
    public async Task A5_FileEmptiedUnderARunningTrader_IsNotCalledDurable()
    {
        using var folder = new TempFolder();
        await using var storage = await StorageRig.SqliteAsync(folder);
        var some = new StorageSamples(1);
        await storage.WriteAsync(new JournalChange.EventAdded(some.Event(1)));
        Break(folder.File("quantdash.db"), "emptied");
        for (var i = 2; i <= 5; i++) storage.Journal.Append(new(i, [new JournalChange.EventAdded(some.Event(i))]));

        await UntilAsync(() => storage.Journal.Health is { State: JournalState.Retrying, LastError: { } said } && said.Contains(folder.File("quantdash.db"), StringComparison.Ordinal));
        storage.Journal.Health.CommittedSequence.ShouldBe(1);
    }

    /// <summary>The whole program, once: no loop, no stack of frames as the last word, a code that service managers are told of.</summary>
    [Fact]
    public async Task A5_GarbageDatabase_ProgramEndsWithItsOwnCodeAndSaysWhatToDo()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("data"));
        await File.WriteAllBytesAsync(folder.File("data/quantdash.db"), Garbage(20_000));
        await using var app = AppProcess.Launched(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__DataDirectory"] = folder.File("data") });
        (await app.EndAsync()).ShouldBe(UnusableStorage, app.LogEnd);
        app.Log.ShouldContain($"QuantDash does not trade. The database {folder.File("data/quantdash.db")} is damaged");
    }

    private static Task<int> SaveAsync(StorageRig storage, string sql) => storage.Journal.TakeTurnAsync(() =>
    {
        using var context = storage.Target.CreateContext();
        return context.Database.ExecuteSqlRaw(sql);
    });

    private static async Task<string> FilledAsync(TempFolder folder)
    {
        var target = StorageTarget.Sqlite(folder.File("quantdash.db"), folder.Path);
        await FilledAsync(target);
        using var maker = new BackupMaker(target, Options.Create(new QuantDashOptions()), TimeProvider.System, NullLogger<BackupMaker>.Instance);
        return folder.File(Path.Combine("backups", (await maker.MakeAsync("by_hand")).Name));
    }

    private static async Task FilledAsync(StorageTarget target)
    {
        await using var storage = await StorageRig.SqliteAsync(target);
        var some = new StorageSamples(1);
        for (var i = 1; i <= Events; i++) await storage.WriteAsync(new JournalChange.EventAdded(some.Event(i)));
    }

    private static async Task LoadAsync(TempFolder folder)
    {
        var target = StorageTarget.Sqlite(folder.File("quantdash.db"), folder.Path);
        try
        {
            await using var storage = await StorageRig.SqliteAsync(target);
            await storage.LoadAsync();
        }
        catch (SqliteException error) when (StorageTrouble.Of(error, target) is { } unusable)
        {
#pragma warning disable MA0027 // Another exception, as CommandLine says it, wherever in the start it came up.
            throw unusable;
#pragma warning restore MA0027 // As above
        }
    }

    private static void Break(string file, string how)
    {
        switch (how)
        {
            case "deleted":
                foreach (var suffix in (string[])["", "-wal", "-shm"]) File.Delete(file + suffix);
                break;
            case "deleted, its log left":
                File.Delete(file);
                File.WriteAllBytes(file + "-wal", Garbage(5_000));
                break;
            case "emptied":
                using (var all = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) all.SetLength(0);
                break;
            case "cut":
                using (var half = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) half.SetLength(half.Length / 2);
                break;
            case "garbage":
                Overwrite(file, 0, 1_000_000);
                break;
            case "garbage inside":
                Overwrite(file, 4096, 1_000_000);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(how));
        }
    }

    private static void Overwrite(string file, int from, int length)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.Seek(from, SeekOrigin.Begin);
        stream.Write(Garbage((int)Math.Min(length, stream.Length - from)));
    }

    private static byte[] Garbage(int length)
    {
        var bytes = new byte[length];
        new Random(5).NextBytes(bytes);
        return bytes;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition()) await Task.Delay(5, patience.Token);
    }
}
