using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using static QuantDash.Tests.Core.Orders.OrderSamples;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Orders;

public sealed class OrderTransitionsTests
{
    private static readonly Order Sent = Order(Ta().Symbol, volume: 3);

    /// <summary>However the reports of one life come, twice each, the end is the same.</summary>
    [Fact]
    public void FilledLife_InAnyOrderAndRepeated_EndsFilled()
    {
        OrderReport[] life =
        [
            Report(Sent, ReportStatus.Accepted),
            Report(Sent, ReportStatus.PartiallyFilled, Fill(Sent, "1", 1, 5400)),
            Report(Sent, ReportStatus.Filled, Fill(Sent, "2", 2, 5403)),
        ];
        foreach (var order in Permutations([.. life, .. life]))
        {
            var end = Sent.Apply(order);
            end.State.ShouldBe(OrderState.Filled);
            end.FilledVolume.ShouldBe(new Volume(3));
            end.AverageFillPrice.ShouldBe(new Price(5402));
            end.IsOverfilled.ShouldBeFalse();
        }
    }

    /// <summary>A trade that is reported after the cancel still counts.</summary>
    [Fact]
    public void CancelledLife_InAnyOrderAndRepeated_EndsCancelledWithItsFill()
    {
        OrderReport[] life =
        [
            Report(Sent, ReportStatus.Accepted),
            Report(Sent, ReportStatus.PartiallyFilled, Fill(Sent, "1", 1, 5400)),
            Report(Sent, ReportStatus.Cancelled, reason: "撤单"),
        ];
        foreach (var order in Permutations([.. life, .. life]))
        {
            var end = Sent.Apply(order);
            end.State.ShouldBe(OrderState.Cancelled);
            end.Reason.ShouldBe("撤单");
            end.FilledVolume.ShouldBe(new Volume(1));
        }
    }

    [Fact]
    public void LastFill_AfterACancel_MakesItFilled() =>
        Sent.Apply(Report(Sent, ReportStatus.Cancelled), Report(Sent, ReportStatus.Filled, Fill(Sent, "1", 3, 5400))).State.ShouldBe(OrderState.Filled);

    [Theory]
    [InlineData(OrderState.Intended, ReportStatus.Accepted, OrderState.Accepted)]
    [InlineData(OrderState.Submitting, ReportStatus.Accepted, OrderState.Accepted)]
    [InlineData(OrderState.Submitting, ReportStatus.Rejected, OrderState.Rejected)]
    [InlineData(OrderState.Submitting, ReportStatus.Absent, OrderState.Cancelled)]
    [InlineData(OrderState.Submitting, ReportStatus.Filled, OrderState.Accepted)]
    [InlineData(OrderState.Accepted, ReportStatus.Cancelled, OrderState.Cancelled)]
    [InlineData(OrderState.Accepted, ReportStatus.Rejected, OrderState.Rejected)]
    [InlineData(OrderState.Cancelling, ReportStatus.Accepted, OrderState.Cancelling)]
    [InlineData(OrderState.Cancelling, ReportStatus.Cancelled, OrderState.Cancelled)]
    [InlineData(OrderState.Unknown, ReportStatus.Accepted, OrderState.Accepted)]
    [InlineData(OrderState.Unknown, ReportStatus.Cancelled, OrderState.Cancelled)]
    [InlineData(OrderState.Unknown, ReportStatus.Rejected, OrderState.Rejected)]
    [InlineData(OrderState.Unknown, ReportStatus.Absent, OrderState.Cancelled)]
    [InlineData(OrderState.Filled, ReportStatus.Accepted, OrderState.Filled)]
    [InlineData(OrderState.Cancelled, ReportStatus.Accepted, OrderState.Cancelled)]
    [InlineData(OrderState.Rejected, ReportStatus.Accepted, OrderState.Rejected)]
    [InlineData(OrderState.Rejected, ReportStatus.Cancelled, OrderState.Rejected)]
    public void State_MovesAsTheTableSays(OrderState from, ReportStatus status, OrderState to)
    {
        var order = Sent with { State = from, FilledVolume = from == OrderState.Filled ? Sent.Volume : Volume.Zero };
        order.Apply(Report(order, status)).State.ShouldBe(to);
    }

    [Fact]
    public void RefusedCancel_LeavesTheOrderWorking()
    {
        var cancelling = Sent with { State = OrderState.Cancelling, FilledVolume = new(1) };
        cancelling.Apply(Report(Sent, ReportStatus.Accepted, reason: "交易所禁止撤单")).State.ShouldBe(OrderState.PartiallyFilled);
    }

    [Fact]
    public void Absent_AfterTheVenueHadTakenIt_IsUnknownAndNotGone()
    {
        var taken = Sent.Apply(Report(Sent, ReportStatus.Accepted));
        taken.Apply(Report(Sent, ReportStatus.Absent)).State.ShouldBe(OrderState.Unknown);
        Sent.Apply(Report(Sent, ReportStatus.Absent)).Reason.ShouldBe(OrderTransitions.ExpiredUnsent);
    }

    [Fact]
    public void Overfill_IsAFactThatIsFlagged()
    {
        var end = Sent.Apply(Report(Sent, ReportStatus.Filled, Fill(Sent, "1", 5, 5400)));
        end.State.ShouldBe(OrderState.Filled);
        end.FilledVolume.ShouldBe(new Volume(5));
        end.IsOverfilled.ShouldBeTrue();
        end.Remaining.ShouldBe(Volume.Zero);
    }

    [Fact]
    public void RepeatedReport_ChangesNothing()
    {
        var accepted = Sent.Apply(Report(Sent, ReportStatus.Accepted));
        OrderTransitions.Apply(accepted, Report(Sent, ReportStatus.Accepted), isNewFill: false, Morning.AddHours(1)).ShouldBeSameAs(accepted);
    }

    private static IEnumerable<T[]> Permutations<T>(T[] items)
    {
        if (items.Length <= 1)
        {
            yield return items;
            yield break;
        }
        for (var i = 0; i < items.Length; i++)
            foreach (var rest in Permutations([.. items[..i], .. items[(i + 1)..]])) yield return [items[i], .. rest];
    }
}
