using System.Reflection;
using System.Runtime.CompilerServices;
using QuantDash.Tests.Support;
using QuantDash.Web.Configuration;

namespace QuantDash.Tests.Architecture;

/// <summary>The code under these rules: types by folder, and sources.</summary>
internal static class Ours
{
    public const string CoreRoot = "QuantDash.Core";
    public const string WebRoot = "QuantDash.Web";

    // By name: in an empty Core there would be no type to ask for its assembly.
    public static Assembly Core { get; } = Assembly.Load(CoreRoot);

    public static Assembly Web { get; } = typeof(RunFolders).Assembly;

    /// <summary>Types that people wrote, and what the compiler made of their bodies (closures, state machines).</summary>
    public static IEnumerable<Type> Types(Assembly assembly)
        => assembly.GetTypes().Where(t => Outermost(t).Namespace?.StartsWith("QuantDash", StringComparison.Ordinal) == true || Outermost(t).Name == "Program");

    public static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    public static bool IsGenerated(Type type) => type.Name.Contains('<') || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    /// <summary>Path below a root: QuantDash.Core.Locking.Rules under QuantDash.Core is "Locking.Rules"; null if it lies elsewhere.</summary>
    public static string? Below(string root, Type type)
    {
        var space = Outermost(type).Namespace;
        return space == root ? "" : space?.StartsWith(root + ".", StringComparison.Ordinal) == true ? space[(root.Length + 1)..] : null;
    }

    /// <summary>The first folder below a root; "" for the root itself, null if it lies elsewhere.</summary>
    public static string? Folder(string root, Type type) => Below(root, type)?.Split('.')[0];

    public static IEnumerable<string> Sources(string project, string pattern)
        => Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, project), pattern, SearchOption.AllDirectories)
            .Where(f => !f.Contains("/bin/", StringComparison.Ordinal)
                && !f.Contains("/obj/", StringComparison.Ordinal)
                && !f.Contains("/node_modules/", StringComparison.Ordinal));

    public static string Name(Type type) => (type.FullName ?? type.Name).Replace("QuantDash.", "", StringComparison.Ordinal);

    /// <summary>Fails with every violation on a line of its own.</summary>
    public static void MustBeNone(IEnumerable<string> violations, string rule)
    {
        var found = violations.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.True(found.Count == 0, $"{rule}\n  {string.Join("\n  ", found)}");
    }
}
