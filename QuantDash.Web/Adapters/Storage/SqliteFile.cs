using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>Asks SQLite about the file that a connection has open.</summary>
internal static class SqliteFile
{
    private const int HasMovedQuestion = 20; // SQLITE_FCNTL_HAS_MOVED

    // By its name: its type comes from the SQLitePCLRaw that we do not have (SqliteNative).
    private static readonly Func<SqliteConnection, SafeHandle> HandleOf = typeof(SqliteConnection).GetProperty("Handle")!.GetMethod!.CreateDelegate<Func<SqliteConnection, SafeHandle>>();

    private static readonly FileControl Control = Marshal.GetDelegateForFunctionPointer<FileControl>(NativeLibrary.GetExport(SqliteNative.Library, "sqlite3_file_control"));

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int FileControl(SafeHandle connection, [MarshalAs(UnmanagedType.LPUTF8Str)] string database, int question, ref int answer);

    /// <summary>Whether the name that this connection was opened by leads to another file now, or to none. Windows does not let it happen, and does not know.</summary>
    public static bool HasMoved(SqliteConnection open)
    {
        var moved = 0;
        return Control(HandleOf(open), "main", HasMovedQuestion, ref moved) == 0 && moved != 0;
    }
}
