using System.Reflection;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine.Design61;

/// <summary>The list of sentences and their tests stays true: a renamed or deleted test, or a sentence with neither test nor reason, fails.</summary>
public sealed class SentencesTests
{
    private static readonly IReadOnlyList<string[]> Rows =
    [
        .. File.ReadAllLines(Path.Combine(TestData.RepositoryRoot, "QuantDash.Tests", "Core", "Engine", "Design61", "design-6-1.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| sentence", StringComparison.Ordinal))
            .Select(line => line.Trim().Trim('|').Split(" | ").Select(cell => cell.Trim()).ToArray()),
    ];

    [Fact]
    public void EverySentence_HasATestThatExists_OrSaysWhyNot()
    {
        Rows.Count.ShouldBeGreaterThan(40);
        var tests = typeof(SentencesTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes<FactAttribute>(inherit: true).Any())
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").ToHashSet();
        foreach (var row in Rows)
        {
            row.Length.ShouldBe(2, row[0]);
            if (row[1].StartsWith('—')) row[1].Length.ShouldBeGreaterThan(10, row[0]);
            else row[1].Split(", ").Where(name => !tests.Contains(name)).ShouldBeEmpty(row[0]);
        }
    }
}
