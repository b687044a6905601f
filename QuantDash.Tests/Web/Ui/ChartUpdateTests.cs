using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Charts;

namespace QuantDash.Tests.Web.Ui;

public sealed class ChartUpdateTests
{
    [Fact]
    public void Between_SeriesGrew_SendsTheOldLastPointAndWhatFollows()
    {
        var update = ChartUpdate.Between(Model("k", 1, 2, 3), Model("k", 1, 2, 4, 5));

        var tail = update.ShouldNotBeNull().Tails.ShouldHaveSingleItem();
        tail.From.ShouldBe(2);
        tail.Y.ShouldBe([4, 5]);
    }

    [Fact]
    public void Between_AnotherKey_IsDrawnWhole() => ChartUpdate.Between(Model("k", 1, 2), Model("other", 1, 2)).ShouldBeNull();

    [Fact]
    public void Between_SeriesWasThinned_IsDrawnWhole() => ChartUpdate.Between(Model("k", 1, 2, 3, 4), Model("k", 1, 4)).ShouldBeNull();

    [Fact]
    public void Between_OtherTimes_IsDrawnWhole()
    {
        var moved = Model("k", 1, 2) with { Series = [new("s", SeriesKind.Line, Tone.None, ["t5", "t6"], [1, 2])] };

        ChartUpdate.Between(Model("k", 1, 2), moved).ShouldBeNull();
    }

    [Fact]
    public void Between_EmptyBefore_SendsEverything()
    {
        var update = ChartUpdate.Between(Model("k"), Model("k", 7));

        update.ShouldNotBeNull().Tails[0].Y.ShouldBe([7]);
    }

    private static ChartModel Model(string key, params double?[] values) => new()
    {
        Key = key,
        Series = [new("s", SeriesKind.Line, Tone.None, [.. values.Select((_, i) => $"t{i}")], values)],
    };
}
