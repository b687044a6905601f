using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Orders;

public sealed class OffsetPlannerTests
{
    [Theory]
    [InlineData(2, 1, 2, "CloseYesterday 2")]
    [InlineData(3, 1, 2, "CloseYesterday 2, CloseToday 1")]
    [InlineData(1, 1, 0, "CloseToday 1")]
    [InlineData(9, 1, 2, "CloseYesterday 2, CloseToday 1")]
    [InlineData(1, 0, 0, "")]
    public void Close_WhereTodayIsTold_IsSplitOlderFirst(decimal volume, decimal today, decimal yesterday, string plan) =>
        Plan(volume, today, yesterday, distinguishes: true).ShouldBe(plan);

    [Theory]
    [InlineData(3, 1, 2, "Close 3")]
    [InlineData(9, 1, 2, "Close 3")]
    [InlineData(1, 0, 0, "")]
    public void Close_WhereItIsNot_IsOneOrder(decimal volume, decimal today, decimal yesterday, string plan) =>
        Plan(volume, today, yesterday, distinguishes: false).ShouldBe(plan);

    [Theory]
    [InlineData(Offset.CloseToday, true, LotAge.Today)]
    [InlineData(Offset.CloseYesterday, true, LotAge.Yesterday)]
    [InlineData(Offset.Close, true, LotAge.Yesterday)]
    [InlineData(Offset.CloseToday, false, null)]
    [InlineData(Offset.CloseYesterday, false, null)]
    [InlineData(Offset.Close, false, null)]
    public void Flag_MeansAnAgeOnlyWhereAgesAreTold(Offset offset, bool distinguishes, LotAge? takes) =>
        OffsetPlanner.Takes(offset, Silver().Product.Terms[0] with { DistinguishesToday = distinguishes }).ShouldBe(takes);

    private static string Plan(decimal volume, decimal today, decimal yesterday, bool distinguishes)
    {
        var terms = Silver().Product.Terms[0] with { DistinguishesToday = distinguishes };
        return string.Join(", ", OffsetPlanner.PlanClose(new Volume(volume), new Volume(today), new Volume(yesterday), terms).Select(p => $"{p.Offset} {p.Volume}"));
    }
}
