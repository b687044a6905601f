using FsCheck;
using FsCheck.Fluent;
using QuantDash.Core.Performance;

namespace QuantDash.Tests.Core.Performance;

public sealed class EquityCurveTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Curve_OfManySamples_KeepsWhatMattersOfEachSpan()
    {
        var curve = new EquityCurve(TimeSpan.FromMinutes(10));
        int[] equities = [100, 90, 130, 120, 110, 100, 105, 60, 80, 90, 200, 210];
        for (var i = 0; i < equities.Length; i++) curve.Add(At(i, equities[i]));

        curve.Points.Select(p => p.Equity).ShouldBe([100, 130, 60, 90, 200, 210]);
        curve.DeepestFall.ShouldBe(-70m);
    }

    [Fact]
    public void Curve_CashThatWent_StaysAndIsNoFall()
    {
        var curve = new EquityCurve(TimeSpan.FromHours(1));
        curve.Add(At(0, 1000, 1000));
        curve.Add(At(1, 1010, 1000));
        curve.Add(At(2, 410, 400));
        curve.Add(At(3, 405, 400));

        curve.Points.Select(p => p.Equity).ShouldBe([1000, 1010, 410, 405]);
        curve.DeepestFall.ShouldBe(-5m);
    }

    [Fact]
    public void Exposure_IsTimeWithMargin_AndHoldsNoLongerThanAnHour()
    {
        var curve = new EquityCurve(TimeSpan.Zero);
        curve.Exposure.ShouldBeNull();
        curve.Add(At(0, 1, margin: 10));
        curve.Add(At(30, 1));
        curve.Add(At(30 + 60, 1, margin: 10));
        curve.Add(At(30 + 60 + 600, 1));

        curve.Exposure!.Value.ShouldBe((30d + 60) / (30 + 60 + 60), 1e-12);
    }

    [Fact]
    public void Curve_OfAnySamples_IsShortAndKeepsBothEndsAndBothExtremes() => Prop.ForAll((sbyte[] steps) =>
    {
        var curve = new EquityCurve(TimeSpan.FromMinutes(7));
        var all = new List<EquitySample>();
        var equity = 1_000m;
        foreach (var step in steps) all.Add(At(all.Count, equity += step));
        all.ForEach(curve.Add);
        var points = curve.Points;
        if (all.Count == 0) return points.Count == 0 && curve.DeepestFall is null;
        return points.Count <= 4 * ((all.Count / 7) + 1)
            && points[0] == all[0] && points[^1] == all[^1]
            && points.Max(p => p.Equity) == all.Max(p => p.Equity) && points.Min(p => p.Equity) == all.Min(p => p.Equity)
            && points.Zip(points.Skip(1)).All(pair => pair.First.At < pair.Second.At)
            && curve.DeepestFall == all.Select((p, i) => p.Equity - all.Take(i + 1).Max(q => q.Equity)).Min();
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Total_OfTwoAccounts_IsTheSumOfTheirLatest()
    {
        var total = EquityTotal.Of([[At(0, 100), At(2, 110)], [At(1, 50), At(2, 60), At(3, 70)]]);

        total.Select(p => ((p.At - Start).TotalMinutes, p.Equity)).ShouldBe([(0, 100), (1, 150), (2, 170), (3, 180)]);
    }

    private static EquitySample At(int minute, decimal equity, decimal deposits = 0, decimal margin = 0) => new(Start.AddMinutes(minute), equity, deposits, margin);
}
