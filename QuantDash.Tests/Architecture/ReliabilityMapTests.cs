using System.Reflection;
using System.Text.RegularExpressions;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Architecture;

/// <summary>Every id of the test plan has its tests, and docs/reliability.md names them all.</summary>
public sealed partial class ReliabilityMapTests
{
    private static readonly string[] Ids =
    [
        "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "B1", "B2", "B3", "B4", "B5", "B6", "B7", "C1", "C2", "C3", "C4", "C5", "C6", "P4.2",
    ];

    private static readonly Lazy<IReadOnlyList<(string Id, string Class)>> Tests = new(() =>
    [
        .. from type in typeof(ReliabilityMapTests).Assembly.GetTypes()
           where !type.IsAbstract
           let methods = type.GetMethods().Where(IsTest).ToList()
           where methods.Count > 0
           from id in TraitsOf(type).Concat(methods.SelectMany(TraitsOf)).Distinct()
           select (id, type.Name),
    ]);

    [Fact]
    public void Ids_OfThePlan_EachHaveATest() => Ids.Except(Tests.Value.Select(test => test.Id)).ShouldBeEmpty();

    [Fact]
    public void Traits_NameIdsOfThePlan() => Tests.Value.Select(test => test.Id).Distinct().Except(Ids).ShouldBeEmpty();

    [Fact]
    public void Document_HasARowForEveryId()
    {
        var rows = Row().Matches(Document()).Select(match => match.Groups["id"].Value);
        rows.ShouldBe(Ids, ignoreOrder: true);
    }

    /// <summary>A class of the document that does not carry the id is a claim without a test.</summary>
    [Fact]
    public void Classes_OfTheDocument_CarryTheirId()
    {
        var known = Tests.Value.ToHashSet();
        var claimed = Line().Matches(Document()).SelectMany(row => Class().Matches(row.Value).Select(name => (row.Groups["id"].Value, name.Groups["class"].Value))).ToList();
        claimed.Count.ShouldBeGreaterThanOrEqualTo(Ids.Length);
        claimed.Where(one => !known.Contains(one)).ShouldBeEmpty();
    }

    private static string Document() => File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "reliability.md"));

    private static bool IsTest(MethodInfo method) => method.GetCustomAttributes<FactAttribute>(inherit: true).Any();

    private static IEnumerable<string> TraitsOf(MemberInfo member) =>
        from data in member.GetCustomAttributesData()
        where data.AttributeType == typeof(TraitAttribute) && Equals(data.ConstructorArguments[0].Value, Profile.Reliability)
        select (string)data.ConstructorArguments[1].Value!;

    [GeneratedRegex(@"^\| (?<id>[ABCP][\d.]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| (?<id>[ABCP][\d.]+) \|.*$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"`(?<class>\w+Tests|\w+Properties)`")]
    private static partial Regex Class();
}
