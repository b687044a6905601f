using QuantDash.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Shell;
using QuantDash.Web.Ui;

namespace QuantDash.Tests.Web.Shell;

public sealed class TopBarViewTests
{
    private static readonly EngineSnapshot Sample = SampleSnapshot.At(SampleSnapshot.Now);

    [Fact]
    public void From_Account_ShowsTodayAgainstTheEquityTheDayBeganWith()
    {
        var account = Sample.Accounts[0];
        var bar = TopBarView.From(Sample, account);

        bar.Today.ShouldBe(account.Funds.HoldingPnl - 84.36m);
        bar.TodayRatio.ShouldBe(bar.Today / 1_000_000m);
    }

    [Fact]
    public void From_UnknownMark_ShowsNoResult()
    {
        var account = Sample.Accounts[0] with { Funds = Sample.Accounts[0].Funds with { HoldingPnl = null, Equity = null } };

        var bar = TopBarView.From(Sample, account);

        bar.Today.ShouldBeNull();
        bar.Equity.ShouldBeNull();
    }

    [Fact]
    public void From_OneSilentContract_WarnsOfTheFeed() => TopBarView.From(Sample, Sample.Accounts[0]).Feed.ShouldSatisfyAllConditions(
        l => l.Tone.ShouldBe(Tone.Warn), l => l.Lines.ShouldContain(line => line.Health == QuoteHealth.Stale));

    [Fact]
    public void From_NoTickYet_SaysSo() => TopBarView.From(Sample with { Quotes = [] }, Sample.Accounts[0]).Feed.Key.ShouldBe("FeedNone");

    [Fact]
    public void From_LinkDown_IsDanger() => TopBarView.From(Sample, Sample.Accounts[1]).Venue.Tone.ShouldBe(Tone.Danger);
}
