using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using QuantDash.Web.Adapters.Storage;

namespace QuantDash.Tests.Support;

/// <summary>What a failing disk answers.</summary>
internal enum DiskError
{
    /// <summary>EIO.</summary>
    Broken,

    /// <summary>ENOSPC: a write gets half of its bytes down first; what makes files shorter still works.</summary>
    Full,
}

/// <summary>Fails the k-th write, sync or truncation of the SQLite files in one folder, once or from then on. SQLite's own table of replaceable system calls has no fsync, so this stands one step
/// higher, in the methods of the files that its unix VFS opens, and answers what that VFS answers to the errno. Everything else in the process, other folders included, goes straight through.</summary>
internal sealed class SqliteCalls : IDisposable
{
    private const int Ok = 0;
    private const int FullError = 13;
    private const int WriteError = 778;
    private const int SyncError = 1034;
    private const int TruncateError = 1546;
    private static readonly ConcurrentDictionary<string, SqliteCalls> Watched = [];
    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly List<string> _calls = [];
    private int _failAt;
    private bool _sticky;
    private DiskError _error;

    private SqliteCalls(string folder) => _folder = folder;

    /// <summary>Why it cannot be done here; null when it can.</summary>
    public static string? Missing { get; } = Loaded() ? null : "needs the system's SQLite (libsqlite3.so.0)";

    /// <summary>What was failed since it was last armed.</summary>
    public int Failed { get; private set; }

    /// <summary>What was counted since then, the failed ones included: "write quantdash.db-wal".</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_gate) return [.. _calls];
        }
    }

    /// <summary>Of the files that are opened in this folder from now on.</summary>
    public static SqliteCalls Of(string folder)
    {
        if (Missing is { } missing) throw new InvalidOperationException(missing);
        SqliteVfsHook.Install(Find);
        var calls = new SqliteCalls(folder);
        Watched[folder] = calls;
        return calls;
    }

    /// <param name="at">1: the very next call.</param>
    /// <param name="error">What is answered.</param>
    /// <param name="sticky">All later ones fail too, until <see cref="Disarm"/>.</param>
    public void Arm(int at, DiskError error, bool sticky)
    {
        lock (_gate)
        {
            _calls.Clear();
            (_failAt, _error, _sticky, Failed) = (at, error, sticky, 0);
        }
    }

    /// <summary>The disk is well again.</summary>
    public void Disarm()
    {
        lock (_gate) _failAt = 0;
    }

    public void Dispose() => Watched.TryRemove(_folder, out _);

    /// <summary>What the VFS is to answer; <see cref="Ok"/>: let it do the call.</summary>
    internal int Answer(SqliteCall call, string file, out bool isHalfDone)
    {
        lock (_gate)
        {
            isHalfDone = false;
            if (_failAt == 0) return Ok;
            _calls.Add($"{call.ToString().ToLowerInvariant()} {Path.GetFileName(file)}");
            if (_sticky ? _calls.Count < _failAt : _calls.Count != _failAt) return Ok;
            if (_error == DiskError.Full && call == SqliteCall.Truncate) return Ok;
            Failed++;
            isHalfDone = _error == DiskError.Full && call == SqliteCall.Write;
            return call switch
            {
                SqliteCall.Write => _error == DiskError.Full ? FullError : WriteError,
                SqliteCall.Sync => SyncError,
                _ => TruncateError,
            };
        }
    }

    private static SqliteCalls? Find(string file) => Path.GetDirectoryName(file) is { } folder && Watched.TryGetValue(folder, out var calls) ? calls : null;

    private static bool Loaded()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return OperatingSystem.IsLinux() && Environment.Is64BitProcess && SqliteNative.Loaded.Contains(SqliteVfsHook.Library, StringComparison.Ordinal);
    }
}

/// <summary>A fact that fails SQLite's calls; skipped where they cannot be reached.</summary>
public sealed class SqliteCallsFactAttribute : FactAttribute
{
    public SqliteCallsFactAttribute() => Skip = SqliteCalls.Missing;
}

/// <inheritdoc cref="SqliteCallsFactAttribute"/>
public sealed class SqliteCallsTheoryAttribute : TheoryAttribute
{
    public SqliteCallsTheoryAttribute() => Skip = SqliteCalls.Missing;
}
