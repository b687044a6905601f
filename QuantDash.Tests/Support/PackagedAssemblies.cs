using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace QuantDash.Tests.Support;

/// <summary>
/// bUnit was compiled against a newer AngleSharp.Diffing, and EF against a newer SQLitePCLRaw, than the registry holds: the
/// runtime asks here before it gives up, and gets the copy from the test folder.
/// </summary>
internal static class PackagedAssemblies
{
    [ModuleInitializer]
    internal static void Install()
    {
        // QuantDash.Web's own handler also redirects the native library, so it comes first for SQLitePCLRaw.
        RuntimeHelpers.RunModuleConstructor(typeof(Program).Module.ModuleHandle);
        AssemblyLoadContext.Default.Resolving += (context, wanted) =>
        {
            var path = Path.Combine(AppContext.BaseDirectory, wanted.Name + ".dll");
            return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        };
    }
}
