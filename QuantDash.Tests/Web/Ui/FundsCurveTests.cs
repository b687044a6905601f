using QuantDash.Core.Performance;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Tests.Web.Ui;

public sealed class FundsCurveTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 1, 0, 0, TimeSpan.Zero);
    private static readonly FundsCurveWords Words = new("equity", "drawdown", "in", "out");

    [Fact]
    public void Append_EverySecond_MovesTheLastPointAlong()
    {
        var points = new List<EquitySample>();
        for (var i = 0; i <= 60; i++) FundsCurve.Append(points, At(i, i));

        points.Count.ShouldBeInRange(12, 24);
        points[^1].ShouldBe(At(60, 60));
    }

    [Fact]
    public void Append_EarlierPoint_IsIgnored()
    {
        List<EquitySample> points = [At(0, 1)];

        FundsCurve.Append(points, At(0, 2));

        points.ShouldHaveSingleItem().Equity.ShouldBe(1);
    }

    [Fact]
    public void Append_CashThatCame_IsAPointThatStays()
    {
        List<EquitySample> points = [At(0, 100), At(1, 100)];

        FundsCurve.Append(points, At(2, 150, deposits: 50));
        FundsCurve.Append(points, At(3, 151, deposits: 50));

        points.Select(p => p.Equity).ShouldBe([100, 150, 151]);
    }

    [Fact]
    public void Draw_Drawdown_IsWhatIsMissingToTheHighest()
    {
        var model = FundsCurve.Draw("k", [At(0, 100), At(60, 120), At(120, 90), At(180, 130)], Words, []);

        model.Series[1].Y.ShouldBe([0, 0, -30, 0]);
        model.Series[0].X[0].ShouldBe("2026-11-20 09:00:00.000");
        model.Markers.ShouldBeEmpty();
    }

    [Fact]
    public void Draw_Withdrawal_IsMarkedAndNoDrawdown()
    {
        var model = FundsCurve.Draw("k", [At(0, 1000, 1000), At(60, 1100, 1000), At(120, 700, 600), At(180, 650, 600), At(240, 1650, 1600)], Words, []);

        model.Series[1].Y.ShouldBe([0, 0, 0, -50, -50]);
        model.Markers.Select(m => (m.Text, m.Up)).ShouldBe([("out 400.00", false), ("in 1,000.00", true)]);
    }

    private static EquitySample At(int second, decimal equity, decimal deposits = 0) => new(Start.AddSeconds(second), equity, deposits, 0);
}
