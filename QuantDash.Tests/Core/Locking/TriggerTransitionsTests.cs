using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Markets;
using static QuantDash.Core.Locking.TriggerStatus;

namespace QuantDash.Tests.Core.Locking;

public sealed class TriggerTransitionsTests
{
    /// <summary>DESIGN.md 6, and what 6.1 and the seeds add: a firing that cannot be sent stays or becomes pending, one without volume fails,
    /// an open one can be cancelled before anything was sent, or has been executed in part when the rest of it no longer holds.</summary>
    private static readonly Dictionary<TriggerStatus, TriggerStatus[]> Table = new()
    {
        [Pending] = [WaitingConfirm, Executing, PartiallyExecuted, Cancelled, Failed],
        [WaitingConfirm] = [Executing, Cancelled, Expired, Pending, Failed],
        [Executing] = [Executed, PartiallyExecuted, Failed, Pending],
        [Failed] = [Executing, Cancelled, Executed, Pending],
        [Executed] = [],
        [PartiallyExecuted] = [],
        [Cancelled] = [],
        [Expired] = [],
    };

    public static TheoryData<TriggerStatus, TriggerStatus> Pairs
    {
        get
        {
            var pairs = new TheoryData<TriggerStatus, TriggerStatus>();
            foreach (var from in Enum.GetValues<TriggerStatus>())
            {
                foreach (var to in Enum.GetValues<TriggerStatus>()) pairs.Add(from, to);
            }
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void To_AnyPair_MovesAsTheTableSaysOrThrows(TriggerStatus from, TriggerStatus to)
    {
        var allowed = Table[from].Contains(to);
        TriggerTransitions.Allows(from, to).ShouldBe(allowed);
        var later = MarketSamples.Noon.AddMinutes(1);
        if (!allowed)
        {
            Should.Throw<InvalidOperationException>(() => Trigger(from).To(to, later));
            return;
        }
        var moved = Trigger(from).To(to, later);
        moved.Status.ShouldBe(to);
        moved.UpdatedAt.ShouldBe(later);
        moved.ExecutionTime.HasValue.ShouldBe(!moved.IsOpen);
    }

    private static LockTrigger Trigger(TriggerStatus status) => new()
    {
        Id = Guid.Empty,
        ConfigId = Guid.Empty,
        AccountId = default,
        Symbol = MarketSamples.Contract().Symbol,
        Direction = Side.Long,
        Condition = ConditionKind.Stop,
        TriggerCondition = "",
        TriggerPrice = new Price(1),
        TickTimestamp = MarketSamples.Noon,
        LockVolume = new Volume(1),
        Status = status,
        AutoExecute = true,
        TriggeredAt = MarketSamples.Noon,
        UpdatedAt = MarketSamples.Noon,
    };
}
