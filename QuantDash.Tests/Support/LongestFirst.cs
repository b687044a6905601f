using Xunit.Abstractions;

[assembly: TestCollectionOrderer("QuantDash.Tests.Support.LongestFirst", "QuantDash.Tests")]

namespace QuantDash.Tests.Support;

/// <summary>The storms of kills begin first: begun last, they would run alone while three of four places stand empty. The others keep the order that they come in.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [".RecoveryOnSqliteTests", ".RecoveryOnPostgresTests"];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => !Array.Exists(Longest, name => collection.DisplayName.EndsWith(name, StringComparison.Ordinal)));
}
