using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Locking;

[Trait(Profile.Reliability, "C2")]
public sealed class TriggerBoardProperties
{
    /// <summary>RELIABILITY.md C2. QUANTDASH_PROPERTY_SEED for where to start.</summary>
    [Fact]
    public void OnTick_RandomPathsAndRules_AgreesWithNaiveBoard()
    {
        var paths = Profile.Number("QUANTDASH_PROPERTY_PATHS", 25_000, 1_000_000);
        var first = Profile.Number("QUANTDASH_PROPERTY_SEED", 1, 1);
        var firedBefore = BoardComparison.Fired;
        for (var seed = first; seed < first + paths; seed++)
        {
            var scenario = BoardScenarioMaker.Make(seed);
            if (BoardComparison.Difference(scenario) is null) continue;
            var smallest = BoardShrinking.Shrink(scenario, candidate => BoardComparison.Difference(candidate) is not null);
            Assert.Fail($"seed {seed}: {BoardComparison.Difference(smallest)}\n{smallest}");
        }

        (BoardComparison.Fired - firedBefore).ShouldBeGreaterThan(paths, "rules have to fire for the comparison to mean something");
    }
}
