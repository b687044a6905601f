using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>
/// Makes the registry's SQLitePCLRaw 2.0.6 serve EF 10, which asks for 2.1.13, and prefers the system's patched SQLite over
/// the packaged 3.35.5, which has advisories and lacks what EF's JSON queries need (3.38). Does not work in single-file or
/// trimmed publishes: publish a folder.
/// </summary>
public static class SqliteNative
{
    private const string SystemLibrary = "libsqlite3.so.0";
    private static readonly Version Needed = new(3, 38);

    /// <summary>What SQLite is in use, for the start-up log and the System page; set when SQLite is first touched.</summary>
    public static string Loaded { get; private set; } = "not loaded yet";

    /// <summary>The library that serves, for what SQLitePCLRaw has no name for; 0 until SQLite is first touched.</summary>
    internal static nint Library { get; private set; }

    [ModuleInitializer]
    internal static void Install()
    {
        AssemblyLoadContext.Default.Resolving += HandOverPackagedVersion;
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => RedirectNativeCalls(loaded.LoadedAssembly);
    }

    // The runtime refuses 2.0.6 where 2.1.13 was compiled against, but asks here before it gives up.
    private static Assembly? HandOverPackagedVersion(AssemblyLoadContext context, AssemblyName wanted)
    {
        if (wanted.Name is not { } name || !name.StartsWith("SQLitePCLRaw", StringComparison.Ordinal))
        {
            return null;
        }

        var path = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }

    private static void RedirectNativeCalls(Assembly loaded)
    {
        if (loaded.GetName().Name is "SQLitePCLRaw.provider.e_sqlite3")
        {
            NativeLibrary.SetDllImportResolver(loaded, PreferSystemLibrary);
        }
    }

    private static nint PreferSystemLibrary(string library, Assembly assembly, DllImportSearchPath? search)
    {
        if (library is not "e_sqlite3")
        {
            return 0;
        }

        if (NativeLibrary.TryLoad(SystemLibrary, out var system))
        {
            var version = VersionOf(system);
            if (version >= Needed)
            {
                Loaded = $"{version} (system, {SystemLibrary})";
                return Library = system;
            }

            NativeLibrary.Free(system);
        }

        var packaged = NativeLibrary.Load(library, assembly, search);
        Loaded = $"{VersionOf(packaged)} (packaged)";
        return Library = packaged;
    }

    private static Version VersionOf(nint library)
    {
        var text = Marshal.GetDelegateForFunctionPointer<LibVersion>(NativeLibrary.GetExport(library, "sqlite3_libversion"))();
        return Version.TryParse(Marshal.PtrToStringUTF8(text), out var version) ? version : new Version(0, 0);
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint LibVersion();
}
