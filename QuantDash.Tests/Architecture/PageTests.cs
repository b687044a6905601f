using System.Reflection;
using Microsoft.AspNetCore.Components;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Architecture;

public sealed class PageTests
{
    private const int MostServices = 4;
    private const int MostCodeLines = 20;

    /// <summary>A fifth is a concept that has no name yet.</summary>
    [Fact]
    public void Pages_InjectAtMostFourServices()
        => Ours.MustBeNone(
            from type in Ours.Types(Ours.Web)
            where type.IsDefined(typeof(RouteAttribute), inherit: false)
            let injected = type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Count(p => p.IsDefined(typeof(InjectAttribute), inherit: true))
            let constructed = type.GetConstructors().Max(c => c.GetParameters().Length)
            where injected + constructed > MostServices
            select $"{Ours.Name(type)} takes {injected + constructed}",
            $"A page injects at most {MostServices} services:");

    [Fact]
    public void Markup_KeepsLongCodeBesideItself()
        => Ours.MustBeNone(
            from file in Ours.Sources("QuantDash.Web", "*.razor")
            let lines = CodeLines(File.ReadAllLines(file))
            where lines > MostCodeLines
            select $"{Path.GetRelativePath(TestData.RepositoryRoot, file)} has {lines}",
            $"More than {MostCodeLines} lines of @code belong into the .razor.cs beside the .razor:");

    [Fact]
    public void Program_FitsOnAScreen()
        => File.ReadAllLines(Path.Combine(TestData.RepositoryRoot, "QuantDash.Web", "Program.cs")).Length.ShouldBeLessThan(60);

    /// <summary>Lines between the braces of @code blocks, which end at a brace in the first column.</summary>
    private static int CodeLines(string[] lines)
    {
        var inside = false;
        var count = 0;
        foreach (var line in lines)
        {
            if (line.StartsWith("@code", StringComparison.Ordinal) || line.StartsWith("@functions", StringComparison.Ordinal))
            {
                inside = true;
            }
            else if (line.StartsWith('}'))
            {
                inside = false;
            }
            else if (inside && line.Trim() is not ("" or "{"))
            {
                count++;
            }
        }

        return count;
    }
}
