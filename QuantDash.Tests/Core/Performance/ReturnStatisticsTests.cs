using QuantDash.Core.Performance;

namespace QuantDash.Tests.Core.Performance;

/// <summary>The vectors of DOMAIN.md 5, items 1 to 4.</summary>
public sealed class ReturnStatisticsTests
{
    private const double Exact = 1e-12;
    private static readonly double[] Mixed = [.01, .10, -.04, .02, .03, .02, .01, -.10];

    [Fact]
    public void Sharpe_OfTheVectors_IsTheirs()
    {
        ReturnStatistics.Sharpe(Mixed)!.Value.ShouldBe(1.7238613961706866, Exact);
        ReturnStatistics.Sharpe([.259, .198, .364, -.081, .057, .055, .188, .317, .24, .184, -.01, .526], .05, periods: 1)!.Value.ShouldBe(0.834364, 5e-7);
    }

    [Fact]
    public void Sortino_OfTheVectors_IsTheirs()
    {
        ReturnStatistics.DownsideDeviation(Mixed)!.Value.ShouldBe(0.60448325, 5e-9);
        ReturnStatistics.Sortino(Mixed)!.Value.ShouldBe(2.605531251673693, Exact);
        ReturnStatistics.Sortino([.17, .15, .23, -.05, .12, .09, .13, -.04], periods: 1)!.Value.ShouldBe(4.417261, 5e-7);
    }

    [Fact]
    public void Drawdown_AnnualReturnAndCalmar_OfTheVectors_AreTheirs()
    {
        ReturnStatistics.MaxDrawdown(Mixed).ShouldBe(-0.10, Exact);
        ReturnStatistics.MaxDrawdown([.10, -.10, .10]).ShouldBe(-0.10, Exact);
        ReturnStatistics.AnnualReturn(Mixed, count: 9)!.Value.ShouldBe(1.9135925373194231, 1e-11);
        ReturnStatistics.Calmar(Mixed, count: 9)!.Value.ShouldBe(19.135925373194233, 1e-10);
        ReturnStatistics.AnnualReturn(Mixed)!.Value.ShouldBe(2.330293, 5e-7);
        ReturnStatistics.Calmar(Mixed)!.Value.ShouldBe(23.30293, 5e-6);
        ReturnStatistics.AnnualVolatility(Mixed)!.Value.ShouldBe(0.9136465399704637, Exact);
    }

    [Fact]
    public void ProfitFactorAndOmega_OfTheVectors_AreTheirs()
    {
        ReturnStatistics.ProfitFactor(Mixed)!.Value.ShouldBe(19d / 14, Exact);
        ReturnStatistics.Omega([.0089, .0012, -.002, .01, -.0002, .02, .03, .01, -.003, .01, .0102, -.01], .01)!.Value.ShouldBe(0.463901689, 1e-9);
    }

    [Fact]
    public void Drawdown_FromTheStart_Counts() => ReturnStatistics.MaxDrawdown([-.2, .1]).ShouldBe(-0.2, Exact);

    [Fact]
    public void WithoutEnoughReturns_NothingIsKnown()
    {
        ReturnStatistics.Sharpe([]).ShouldBeNull();
        ReturnStatistics.Sharpe([.01]).ShouldBeNull();
        ReturnStatistics.Sharpe([.01, .01]).ShouldBeNull("nothing varies");
        ReturnStatistics.Sortino([.01, .02]).ShouldBeNull("nothing was lost");
        ReturnStatistics.Calmar([.01, .02]).ShouldBeNull("nothing was lost");
        ReturnStatistics.ProfitFactor([.01]).ShouldBeNull("nothing was lost");
        ReturnStatistics.Omega([.01]).ShouldBeNull("nothing fell below");
        ReturnStatistics.AnnualReturn([]).ShouldBeNull();
        ReturnStatistics.AnnualReturn([-1.0]).ShouldBeNull("everything was lost");
    }
}
