using QuantDash.Core.Strategies;

namespace QuantDash.Tests.Architecture;

/// <summary>A strategy is told everything and does everything through its context: then backtest, replay, paper and live can run the same code.</summary>
public sealed class StrategyTests
{
    private static readonly string[] Spaces = ["System.IO", "System.Net", "System.Threading", "System.Diagnostics", "System.Data", "System.Security.Cryptography"];

    private static readonly string[] Types = ["DateTime", "TimeProvider", "Environment", "Console", "Random", "Guid"];

    private static readonly string[] Allowed = ["System.Diagnostics.CodeAnalysis"];

    [Fact]
    public void Strategies_HaveNoClockNoInputAndNoThreadsOfTheirOwn()
        => Ours.MustBeNone(
            from type in Ours.Types(Ours.Core)
            where Ours.Folder(Ours.CoreRoot, type) == "Strategies"
            from member in TypeUses.Members(type)
            let used = member as Type ?? member.DeclaringType
            where used is not null && IsOutside(used)
            select $"{Ours.Name(Ours.Outermost(type))} uses {used.FullName}.{member.Name}",
            "Strategies see and act through IStrategyContext alone, and not through:");

    [Fact]
    public void Search_FindsWhatItLooksFor()
    {
        IsOutside(typeof(File)).ShouldBeTrue();
        IsOutside(typeof(TimeProvider)).ShouldBeTrue();
        IsOutside(typeof(StrategyOrder)).ShouldBeFalse();
        TypeUses.Members(typeof(Reader)).Select(member => member as Type ?? member.DeclaringType).ShouldContain(typeof(File));
    }

    private static bool IsOutside(Type type)
    {
        var space = type.Namespace ?? "";
        if (Allowed.Contains(space)) return false;
        return (space == "System" && Types.Contains(type.Name)) || Spaces.Any(s => space == s || space.StartsWith(s + ".", StringComparison.Ordinal));
    }

    private sealed class Reader
    {
        public static string Read() => File.ReadAllText("bars.csv");
    }
}
