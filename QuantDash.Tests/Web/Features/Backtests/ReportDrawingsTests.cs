using System.Xml.Linq;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Tests.Core.Backtesting;
using QuantDash.Web.Features.Backtests;

namespace QuantDash.Tests.Web.Features.Backtests;

public sealed class ReportDrawingsTests
{
    [Fact]
    public void Frame_PutsValuesWhereTheyBelong()
    {
        var frame = new SvgFrame("a <label>", SvgFrame.Wide, 200, (0, 10), (0, 100));
        frame.ValueAxis(value => $"{value}");
        frame.Line([(0, 0), (5, 50), (6, null), (7, 10), (10, 100)], "info", isArea: true);
        frame.Bar(0, 1, 50, "up", "x & y");
        var svg = XElement.Parse(frame.ToString());

        frame.X(0).ShouldBe(76);
        frame.X(10).ShouldBe(SvgFrame.Wide - 12);
        frame.Y(0).ShouldBe(174);
        frame.Y(100).ShouldBe(12);
        svg.Attribute("aria-label")!.Value.ShouldBe("a <label>");
        svg.Elements("text").Select(text => text.Value).ShouldBe(["0", "20", "40", "60", "80", "100"]);
        svg.Elements("path").Count().ShouldBe(4);
        svg.Element("rect")!.Element("title")!.Value.ShouldBe("x & y");
    }

    [Theory]
    [InlineData(0, 100, new[] { 0.0, 20, 40, 60, 80, 100 })]
    [InlineData(-1, 1, new[] { -1, -0.5, 0, 0.5, 1 })]
    [InlineData(3, 4.1, new[] { 3, 3.25, 3.5, 3.75, 4 })]
    public void Axis_HasRoundValues(double from, double to, double[] expected) => SvgFrame.RoundValues(from, to).ShouldBe(expected, 1e-9);

    [Fact]
    public void Pictures_OfAnyReport_AreWellFormed()
    {
        foreach (var report in (BacktestReport[])[Report(new EachBar((_, _, _) => { })), Report(new EachBar((context, instrument, bar) => context.MoveTo(instrument, bar % 3 == 0 ? 5 : 0)))])
        {
            foreach (var svg in (string[])[ReportDrawings.Equity(report, "x"), ReportDrawings.Fall(report, "x"), ReportDrawings.Exposure(report, "x"), ReportDrawings.RollingSharpe(report, "x"), ReportDrawings.Returns(report, "x"),
                ReportDrawings.Trades(report, "x", 10), ReportDrawings.Both(report, report, "x"), ReportDrawings.Excursions(report.Trades, "x", trade => trade.Mae)])
            {
                XElement.Parse(svg).Name.LocalName.ShouldBe("svg");
                svg.ShouldNotContain("NaN");
                svg.ShouldNotContain("∞");
            }
        }
    }

    [Fact]
    public void HeatMap_ShadesByTheStrongest()
    {
        SweepCell[] cells = [new(0, 0, 110m, 0.1, 1, -0.2, 3, 1m, null), new(1, 0, 98m, -0.02, -1, -0.1, 2, 1m, null), new(0, 1, null, null, null, null, 0, 0m, "broke")];
        var map = new HeatMap(new("a", [1, 2], "b", [1, 2], cells), SweepMeasure.Return);

        map.Best.ShouldBe(cells[0]);
        cells.Select(map.Shade).ShouldBe(["gain-4", "loss-1", ""]);
        map.At(1, 1).ShouldBeNull();
        map.Text(cells[2]).ShouldBe("—");
        new HeatMap(new("a", [1, 2], "b", [1, 2], cells), SweepMeasure.MaxDrawdown).Best.ShouldBe(cells[1]);
    }

    private static BacktestReport Report(EachBar strategy) =>
        BacktestReporter.Of(BacktestSamples.Run(strategy, BacktestSamples.Stock(), BacktestSamples.Flat(0.01m, 10, [.. Enumerable.Range(0, 100).Select(i => 10_000L + (i * 37 % 101))])));
}
