using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Backtesting.Reports;

public sealed class BacktestComparisonTests
{
    [Fact]
    public void Trades_OfOneRunOnly_AreThoseWithoutATwin()
    {
        ReportedTrade[] first = [ReportSamples.Trade(), ReportSamples.Trade(), ReportSamples.Trade(Side.Short, 10)];
        ReportedTrade[] second = [ReportSamples.Trade(atMinute: 20), ReportSamples.Trade(), ReportSamples.Trade(Side.Short, 10, price: 101m)];

        var comparison = BacktestComparison.Of(first, second);

        comparison.Both.ShouldBe(1);
        comparison.OnlyFirst.ShouldBe([first[1], first[2]]);
        comparison.OnlySecond.ShouldBe([second[2], second[0]]);
    }
}
