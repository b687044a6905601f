using QuantDash.Core.Hosting;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Strategies;

namespace QuantDash.Tests.Web.Features.Strategies;

public sealed class SignalListTests
{
    private static readonly DateTimeOffset At = SampleSnapshot.Now;

    [Fact]
    public void Signal_ThatChanged_IsReplacedWhereItStands_ByTheLaterOne()
    {
        var list = new SignalList();
        list.Begin(new([SampleStrategies.Signal(2, SignalResult.Pending, At), SampleStrategies.Signal(1, SignalResult.Success, At.AddMinutes(-1))], null));

        list.Put([SampleStrategies.Signal(2, SignalResult.Success, At) with { UpdatedAt = At.AddSeconds(1) }]).ShouldBeTrue();
        list.Put([SampleStrategies.Signal(2, SignalResult.Pending, At)]).ShouldBeFalse();

        list.Items.Select(signal => (signal.Number, signal.Result)).ShouldBe([(2, SignalResult.Success), (1, SignalResult.Success)]);
        list.Of(SignalResult.Pending).ShouldBeEmpty();
    }

    [Fact]
    public void OlderPage_IsAddedBelow()
    {
        var list = new SignalList();
        list.Begin(new([SampleStrategies.Signal(3, SignalResult.Success, At)], "older"));
        list.Add(new([SampleStrategies.Signal(1, SignalResult.Success, At.AddHours(-1))], null));

        list.Items.Select(signal => signal.Number).ShouldBe([3, 1]);
        list.Next.ShouldBeNull();
    }

    /// <summary>Read are 5 and 4, with older ones below: 6 stands above them, 3 comes with its own page, and 4 changes where it stands.</summary>
    [Fact]
    public void SignalBelowWhatWasRead_ComesWithItsPage()
    {
        var list = new SignalList();
        list.Begin(new([Signal(5), Signal(4)], "older"));
        list.Put([Signal(6), Signal(3), Signal(4) with { Result = SignalResult.Failed, UpdatedAt = At.AddHours(1) }]).ShouldBeTrue();
        list.Items.Select(signal => (signal.Number, signal.Result)).ShouldBe([(6, SignalResult.Success), (5, SignalResult.Success), (4, SignalResult.Failed)]);

        list.Add(new([Signal(3), Signal(2)], null));
        list.Put([Signal(1)]);
        list.Items.Select(signal => signal.Number).ShouldBe([6, 5, 4, 3, 2, 1]);
    }

    [Fact]
    public void Order_IsKeptByThoseThatCome()
    {
        var list = new SignalList();
        list.Begin(new([Signal(1) with { Volume = new(9m) }, Signal(3) with { Volume = new(4m) }], "more"), new(SignalSort.Volume));
        list.Put([Signal(4) with { Volume = new(7m) }, Signal(5) with { Volume = new(2m) }]);
        list.Items.Select(signal => signal.Number).ShouldBe([1, 4, 3]);
    }

    private static StrategySignal Signal(int number) => SampleStrategies.Signal(number, SignalResult.Success, At.AddMinutes(number));
}
