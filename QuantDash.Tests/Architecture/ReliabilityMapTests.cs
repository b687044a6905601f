using System.Reflection;
using System.Text.RegularExpressions;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Architecture;

/// <summary>Every id of the test plan has its tests, and docs/reliability.md names them all.</summary>
public sealed partial class ReliabilityMapTests
{
    private static readonly string[] Ids =
    [
        "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "B1", "B2", "B3", "B4", "B5", "B6", "B7", "C1", "C2", "C3", "C4", "C5", "C6", "D1", "D2", "D3", "D4", "D5", "D6", "D7",
        "E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9", "E10", "E11", "P4.2",
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

    /// <summary>Where the code says how often (short, full), the document says the same.</summary>
    /// <param name="id">The row.</param>
    /// <param name="file">From the test project.</param>
    /// <param name="before">What stands before the numbers in it, once.</param>
    [Theory]
    [InlineData("A1", "Recovery/RecoveryTests.cs", "Kills = Profile.Number(\"QUANTDASH_KILLS\", ")]
    [InlineData("A2", "Recovery/Storage/MigrationFaultTests.cs", "var runs = Profile.Number(")]
    [InlineData("A3", "Recovery/ArmedRulesTests.cs", "Kills = Profile.Number(\"QUANTDASH_KILLS\", ")]
    [InlineData("A4", "Recovery/DatabaseFaultTests.cs", "Profile.Number(\"QUANTDASH_OUTAGE_SECONDS\", ")]
    [InlineData("A7", "Recovery/Storage/MigrationFaultTests.cs", "var runs = Profile.Number(")]
    [InlineData("B4", "Core/Engine/Reliability/B4Tests.cs", "RandomLives = Profile.Number(")]
    [InlineData("B7", "Recovery/Wire/B7Tests.cs", "Rules = Profile.Number(")]
    [InlineData("C2", "Core/Locking/TriggerBoardProperties.cs", "Profile.Number(\"QUANTDASH_PROPERTY_PATHS\", ")]
    [InlineData("C5", "Core/Engine/Reliability/C5Tests.cs", "Ticks = Profile.Number(")]
    [InlineData("D5", "Web/Api/Fuzz/D5Tests.cs", "Requests = Profile.Number(\"QUANTDASH_FUZZ\", ")]
    [InlineData("D1", "Web/Circuits/D1Tests.cs", "Pages = Profile.Number(\"QUANTDASH_CIRCUITS\", ")]
    [InlineData("C6", "Core/Engine/Reliability/C6Tests.cs", "Rounds = Profile.Number(")]
    public void Numbers_OfTheDocument_AreThoseOfTheCode(string id, string file, string before)
    {
        var source = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "QuantDash.Tests", file));
        source.Split(before).Length.ShouldBe(2, $"{before} once in {file}");
        var numbers = Pair().Match(source.Split(before)[1]);
        var row = Line().Matches(Document()).Single(line => line.Groups["id"].Value == id).Value.Split('|', StringSplitOptions.TrimEntries);
        var (inShort, inFull) = (row[^3], row[^2]);
        NumbersIn(inShort).ShouldContain(Number(numbers.Groups["short"].Value), $"{id}, short: {inShort}");
        NumbersIn(inFull).ShouldContain(Number(numbers.Groups["full"].Value), $"{id}, full: {inFull}");
    }

    private static IEnumerable<int> NumbersIn(string cell) => Digits().Matches(cell).Select(match => Number(match.Value));

    private static int Number(string text) => int.Parse(text.Replace("_", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);

    private static string Document() => File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "reliability.md"));

    private static bool IsTest(MethodInfo method) => method.GetCustomAttributes<FactAttribute>(inherit: true).Any();

    private static IEnumerable<string> TraitsOf(MemberInfo member) =>
        from data in member.GetCustomAttributesData()
        where data.AttributeType == typeof(TraitAttribute) && Equals(data.ConstructorArguments[0].Value, Profile.Reliability)
        select (string)data.ConstructorArguments[1].Value!;

    [GeneratedRegex(@"^\| (?<id>[A-EP][\d.]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| (?<id>[A-EP][\d.]+) \|.*$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"^(?<short>[\d_]+), (?<full>[\d_]+)\)")]
    private static partial Regex Pair();

    [GeneratedRegex(@"\d[\d,]*")]
    private static partial Regex Digits();

    [GeneratedRegex(@"`(?<class>\w+Tests|\w+Properties)`")]
    private static partial Regex Class();
}
