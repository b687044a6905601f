using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace QuantDash.Tests.Support;

internal enum SqliteCall { Write, Sync, Truncate }

/// <summary>Stands between SQLite and its default VFS: the xOpen of that VFS is replaced for the whole process, and a file that somebody watches gets a copy of its table of methods with three of
/// them replaced. Offsets are those of sqlite3_vfs (version 1 on) and sqlite3_io_methods (version 1 on) where pointers have eight bytes.</summary>
internal static class SqliteVfsHook
{
    public const string Library = "libsqlite3.so.0";
    private const int VfsOpen = 40;
    private const int MethodsSize = 19 * 8;
    private const int MethodClose = 8;
    private const int MethodWrite = 24;
    private const int MethodTruncate = 32;
    private const int MethodSync = 40;

    private static readonly Lock Gate = new();
    private static readonly ConcurrentDictionary<nint, (SqliteCalls Calls, string Path)> Files = [];
    private static readonly ConcurrentDictionary<nint, Methods> Tables = [];

    // Held, or the collector would take what SQLite points to.
    private static readonly OpenCall OurOpen = Open;
    private static readonly WriteCall OurWrite = Write;
    private static readonly TruncateCall OurTruncate = Truncate;
    private static readonly SyncCall OurSync = Sync;
    private static readonly CloseCall OurClose = Close;
    private static Func<string, SqliteCalls?>? _find;
    private static OpenCall? _open;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint FindCall(nint name);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int OpenCall(nint vfs, nint name, nint file, int flags, nint outFlags);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int WriteCall(nint file, nint data, int amount, long offset);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int TruncateCall(nint file, long size);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SyncCall(nint file, int flags);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int CloseCall(nint file);

    /// <summary>Once; for good.</summary>
    public static void Install(Func<string, SqliteCalls?> find)
    {
        lock (Gate)
        {
            if (_open is not null) return;
            _find = find;
            var library = NativeLibrary.Load(Library);
            var vfs = Marshal.GetDelegateForFunctionPointer<FindCall>(NativeLibrary.GetExport(library, "sqlite3_vfs_find"))(0);
            _open = Marshal.GetDelegateForFunctionPointer<OpenCall>(Marshal.ReadIntPtr(vfs, VfsOpen));
            Marshal.WriteIntPtr(vfs, VfsOpen, Marshal.GetFunctionPointerForDelegate(OurOpen));
        }
    }

    private static int Open(nint vfs, nint name, nint file, int flags, nint outFlags)
    {
        var answer = _open!(vfs, name, file, flags, outFlags);
        if (answer != 0 || name == 0 || Marshal.PtrToStringUTF8(name) is not { } path || _find!(path) is not { } calls) return answer;
        Files[file] = (calls, path);
        Marshal.WriteIntPtr(file, TableFor(Marshal.ReadIntPtr(file)));
        return answer;
    }

    private static nint TableFor(nint original)
    {
        lock (Gate)
        {
            foreach (var (known, methods) in Tables)
                if (methods.Original == original) return known;
            var table = Marshal.AllocHGlobal(MethodsSize);
            for (var at = 0; at < MethodsSize; at += 8) Marshal.WriteIntPtr(table, at, Marshal.ReadIntPtr(original, at));
            Marshal.WriteIntPtr(table, MethodClose, Marshal.GetFunctionPointerForDelegate(OurClose));
            Marshal.WriteIntPtr(table, MethodWrite, Marshal.GetFunctionPointerForDelegate(OurWrite));
            Marshal.WriteIntPtr(table, MethodTruncate, Marshal.GetFunctionPointerForDelegate(OurTruncate));
            Marshal.WriteIntPtr(table, MethodSync, Marshal.GetFunctionPointerForDelegate(OurSync));
            Tables[table] = new(
                original, Of<CloseCall>(original, MethodClose), Of<WriteCall>(original, MethodWrite), Of<TruncateCall>(original, MethodTruncate), Of<SyncCall>(original, MethodSync));
            return table;
        }
    }

    private static T Of<T>(nint table, int at)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(Marshal.ReadIntPtr(table, at));

    private static Methods Originals(nint file) => Tables[Marshal.ReadIntPtr(file)];

    private static int Write(nint file, nint data, int amount, long offset)
    {
        var answer = Answer(SqliteCall.Write, file, out var isHalfDone);
        if (answer == 0) return Originals(file).Write(file, data, amount, offset);
        if (isHalfDone) Originals(file).Write(file, data, amount / 2, offset);
        return answer;
    }

    private static int Truncate(nint file, long size) => Answer(SqliteCall.Truncate, file, out _) is not 0 and var answer ? answer : Originals(file).Truncate(file, size);

    private static int Sync(nint file, int flags) => Answer(SqliteCall.Sync, file, out _) is not 0 and var answer ? answer : Originals(file).Sync(file, flags);

    private static int Close(nint file)
    {
        var methods = Originals(file);
        Files.TryRemove(file, out _);
        return methods.Close(file);
    }

    private static int Answer(SqliteCall call, nint file, out bool isHalfDone)
    {
        isHalfDone = false;
        return Files.TryGetValue(file, out var watched) ? watched.Calls.Answer(call, watched.Path, out isHalfDone) : 0;
    }

    private sealed record Methods(nint Original, CloseCall Close, WriteCall Write, TruncateCall Truncate, SyncCall Sync);
}
