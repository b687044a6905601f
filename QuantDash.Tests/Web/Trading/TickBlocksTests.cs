using QuantDash.Web.Trading;

namespace QuantDash.Tests.Web.Trading;

public class TickBlocksTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(2_000)]
    public void Add_AnyNumber_KeepsThemInOrder(int count)
    {
        var ticks = new TickBlocks();
        for (var i = 0; i < count; i++) ticks.Add(new($"T{i}", default));

        ticks.Count.ShouldBe(count);
        ticks.Select(tick => tick.Symbol).ShouldBe(Enumerable.Range(0, count).Select(i => $"T{i}"));
        Should.Throw<ArgumentOutOfRangeException>(() => ticks[count]);
        Should.Throw<ArgumentOutOfRangeException>(() => ticks[-1]);
    }
}
