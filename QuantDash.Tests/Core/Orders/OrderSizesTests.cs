using FsCheck;
using FsCheck.Fluent;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Orders;

public sealed class OrderSizesTests
{
    [Theory]
    [InlineData(1000, "1000")]
    [InlineData(1001, "1000 1")]
    [InlineData(2500, "1000 1000 500")]
    [InlineData(0, "")]
    public void Split_IsFullOrdersAndTheRestLast(decimal volume, string parts) =>
        string.Join(' ', OrderSizes.Split(new Volume(volume), new Volume(1000))).ShouldBe(parts);

    [Fact]
    public void Split_WithoutALargest_IsOneOrder() => OrderSizes.Split(new Volume(123_456), null).ShouldHaveSingleItem().Value.ShouldBe(123_456);

    [Theory]
    [InlineData("200", OrderType.Market, 1, "200")]
    [InlineData("0", OrderType.Market, 1, "500")]
    [InlineData("0.0075", OrderType.Market, 0.002, "0.006")]
    public void Largest_IsOnTheStep_AndThatOfALimitWhereMarketOrdersAreNotTaken(string most, OrderType type, double step, string largest)
    {
        var terms = Silver().Product.Terms[0] with { LargestMarketOrder = decimal.Parse(most, System.Globalization.CultureInfo.InvariantCulture), LargestLimitOrder = 500 };
        OrderSizes.Largest(terms, type, (decimal)step)?.ToString().ShouldBe(largest);
        OrderSizes.Largest(terms, OrderType.Limit, 1m).ShouldBe(new Volume(500));
    }

    /// <summary>Any volume on the step, any largest: the parts are the volume, none is empty, off the step or too large, as few as can be, and the flags stay where they were.</summary>
    [Fact]
    public void Split_OfAnyPlan_KeepsItsVolumesAndFlags() => Prop.ForAll(
        (PositiveInt today, NonNegativeInt yesterday, PositiveInt most) =>
        {
            var step = new[] { 1m, 0.001m, 100m }[today.Get % 3];
            var largest = new Volume(most.Get * step);
            IReadOnlyList<PlannedOffset> plan = [new(Offset.CloseYesterday, new(yesterday.Get * step)), new(Offset.CloseToday, new(today.Get * step))];
            var parts = OrderSizes.Split(plan, largest);
            foreach (var part in parts)
            {
                part.Volume.ShouldBeLessThanOrEqualTo(largest);
                part.Volume.Value.ShouldBeGreaterThanOrEqualTo(step);
                (part.Volume.Value % step).ShouldBe(0m);
            }
            foreach (var planned in plan)
            {
                var own = parts.Where(part => part.Offset == planned.Offset).ToList();
                own.Sum(part => part.Volume.Value).ShouldBe(planned.Volume.Value);
                own.Count.ShouldBe(OrderSizes.Count(planned.Volume, largest));
            }
            parts.Select(part => part.Offset).ShouldBeInOrder(SortDirection.Descending, Comparer<Offset>.Default);
        }).Check(Config.QuickThrowOnFailure);
}
