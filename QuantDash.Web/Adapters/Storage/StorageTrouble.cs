using Microsoft.Data.Sqlite;
using QuantDash.Web.Adapters.Storage.Audit;
using QuantDash.Web.Adapters.Storage.Backup;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>Says in one sentence what is wrong with an SQLite file and what to do: not the stack of whoever met it first.</summary>
internal static class StorageTrouble
{
    private const string Restore = "Restore a backup (`restore <folder of a backup>`; what is there now is kept aside), then start again.";
    private const int ReadOnly = 8;
    private const int Damaged = 11;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;

    /// <summary>Null: waiting may mend it (locked, no room, an error of the disk), or it is not the file's.</summary>
    public static UnusableStorageException? Of(Exception error, StorageTarget target) => (target.File, error) switch
    {
        (null, _) or (_, UnusableStorageException) => null,
        (var file, SqliteException { SqliteErrorCode: Damaged or NoDatabase }) => new($"The database {file} is damaged ({error.Message}). {Restore}", error),
        (var file, SqliteException { SqliteErrorCode: ReadOnly or CannotOpen }) => NotWritable(file, error),
        _ => null,
    };

    public static UnusableStorageException NotWritable(string path, Exception error) =>
        new($"{path} cannot be written ({error.Message}). Let the user that runs QuantDash write it and its folder, or name another in QuantDash:DataDirectory, then start again.", error);

    /// <summary>An empty database where trades were recorded: it was deleted, emptied, or another folder is meant. Starting on it would forget every order, position and rule.</summary>
    public static void ShouldNotHaveBeenEmptied(StorageTarget target)
    {
        if (target.File is not { } file) return;
        using var witness = new AuditWitness(target.DataDirectory);
        var last = witness.Last().Number;
        if (last == 0) return;
        throw new UnusableStorageException(
            $"The database {file} is gone or empty, but {AuditWitness.FileName} beside it knows {last} entries of its audit chain. {Restore} To begin with nothing, move {AuditWitness.FileName} away.");
    }

    /// <summary>What a restore left that was cut off: neither the former database nor, with certainty, the whole of the restored one.</summary>
    public static void ShouldNotBeHalfRestored(StorageTarget target)
    {
        if (BackupRestorer.WasCutOff(target)) throw new UnusableStorageException($"A restore of the database {target.File} was cut off. {Restore}");
    }

    /// <summary>While it is open: what is written into a file that has no name any more is gone with the process.</summary>
    public static void ShouldBeThere(string file)
    {
        if (new FileInfo(file) is { Exists: true, Length: > 0 }) return;
        throw new FileNotFoundException($"The database {file} was deleted, moved or emptied while QuantDash runs: no order goes out. Put it back as it was, or stop QuantDash and restore a backup.", file);
    }
}
