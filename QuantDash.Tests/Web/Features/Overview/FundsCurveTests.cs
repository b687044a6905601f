using QuantDash.Web.Features.Overview;

namespace QuantDash.Tests.Web.Features.Overview;

public sealed class FundsCurveTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Append_EverySecond_MovesTheLastPointAlong()
    {
        var points = new List<FundsPoint>();
        for (var i = 0; i <= 60; i++) FundsCurve.Append(points, new(Start.AddSeconds(i), i));

        points.Count.ShouldBeInRange(12, 24);
        points[^1].ShouldBe(new FundsPoint(Start.AddSeconds(60), 60));
    }

    [Fact]
    public void Append_EarlierPoint_IsIgnored()
    {
        List<FundsPoint> points = [new(Start, 1)];

        FundsCurve.Append(points, new(Start, 2));

        points.ShouldHaveSingleItem().Equity.ShouldBe(1);
    }

    [Fact]
    public void Draw_Drawdown_IsWhatIsMissingToTheHighest()
    {
        var model = FundsCurve.Draw("k", [new(Start, 100), new(Start.AddMinutes(1), 120), new(Start.AddMinutes(2), 90), new(Start.AddMinutes(3), 130)], "e", "d", []);

        model.Series[1].Y.ShouldBe([0, 0, -30, 0]);
        model.Series[0].X[0].ShouldBe("2026-11-20 09:00:00.000");
    }
}
