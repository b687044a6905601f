using QuantDash.Tests.Support;

namespace QuantDash.Tests.Mutations;

/// <summary>A mistake put into the source on purpose, and the test that must turn red.</summary>
/// <param name="Name">What the mistake is.</param>
/// <param name="File">From the root of the repository.</param>
/// <param name="Text">Stands in the file exactly once.</param>
/// <param name="Instead">What is put in its place.</param>
/// <param name="Test">Class and method of the test.</param>
internal sealed record Mutation(string Name, string File, string Text, string Instead, string Test)
{
    public string Apply(string root)
    {
        var path = Path.Combine(root, File);
        var source = System.IO.File.ReadAllText(path);
        System.IO.File.WriteAllText(path, source.Replace(Text, Instead, StringComparison.Ordinal));
        return source;
    }

    public int CountIn(string root) => System.IO.File.ReadAllText(Path.Combine(root, File)).Split(Text).Length - 1;

    public static string Root => TestData.RepositoryRoot;
}
