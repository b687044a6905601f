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
}
