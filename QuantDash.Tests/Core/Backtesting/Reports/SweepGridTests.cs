using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Strategies.MovingAverageCross;

namespace QuantDash.Tests.Core.Backtesting.Reports;

public sealed class SweepGridTests
{
    private static readonly Dictionary<string, string> Others = new() { ["volume"] = "2", ["fast"] = "7" };

    [Fact]
    public void Grid_LeavesOutPairsThatContradictEachOther()
    {
        var grid = SweepGrid.Of(SmaCross.Definition, Others, new("fast", 5, 15, 5), new("slow", 10, 20, 10), 100).Value;

        grid.X.ShouldBe([5m, 10m, 15m]);
        grid.Y.ShouldBe([10m, 20m]);
        grid.Pairs.Select(pair => (pair.X, pair.Y)).ShouldBe([(0, 0), (0, 1), (1, 1), (2, 1)]);
        grid.Pairs[0].Values.Texts["volume"].ShouldBe("2");
        grid.Pairs[0].Values.Texts["fast"].ShouldBe("5");
    }

    [Theory]
    [InlineData("fast", 5, 15, 0, "sweep_axis", "sweep.x")]
    [InlineData("fast", 15, 5, 1, "sweep_axis", "sweep.x")]
    [InlineData("fast", 0, 5, 1, "parameter_out_of_range", "sweep.x")]
    [InlineData("fast", 1, 1.5, 0.5, "parameter_not_whole", "sweep.x")]
    [InlineData("direction", 1, 5, 1, "sweep_parameter", "sweep.x")]
    [InlineData("slow", 2, 5, 1, "sweep_same_parameter", "sweep.y")]
    [InlineData("fast", 1, 199, 1, "sweep_too_large", "sweep")]
    public void WrongAxis_IsNamed(string parameter, double from, double to, double step, string code, string field)
    {
        var grid = SweepGrid.Of(SmaCross.Definition, Others, new(parameter, (decimal)from, (decimal)to, (decimal)step), new("slow", 10, 20, 1), 1000);

        grid.Problems.ShouldContain(problem => problem.Code == code && problem.Field == field);
    }

    [Fact]
    public void Grid_WithoutAnyPairThatFits_SaysWhy() =>
        SweepGrid.Of(SmaCross.Definition, Others, new("fast", 50, 60, 5), new("slow", 10, 20, 5), 1000).Problems.ShouldHaveSingleItem().Code.ShouldBe("fast_not_below_slow");
}
