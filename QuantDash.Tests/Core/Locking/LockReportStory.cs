using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Positions;

namespace QuantDash.Tests.Core.Locking;

/// <summary>What is recorded of one contract, told trade by trade: a minute apart, from a flat start, fees as the contract's terms say unless told.</summary>
internal sealed class LockReportStory(Contract contract)
{
    private readonly List<LockReportTrade> _trades = [];
    private readonly Dictionary<(DateOnly, Side), Volume> _before = [];
    private readonly Dictionary<Side, decimal> _held = new() { [Side.Long] = 0m, [Side.Short] = 0m };
    private int _number;

    public DateOnly Day { get; private set; } = PositionSamples.Day;
    public DateTimeOffset Now { get; private set; } = PositionSamples.Morning;
    public decimal? Mark { get; set; }

    /// <summary>Whether the settlements of the account are known.</summary>
    public bool KnowsSettlements { get; set; } = true;
    public Func<Side, LegAges?>? AtEnd { get; set; }
    public List<PositionLock> Locks { get; } = [];

    public LockReportStory NextDay()
    {
        Day = Day.AddDays(1);
        Now = PositionSamples.Morning.AddDays(Day.DayNumber - PositionSamples.Day.DayNumber);
        foreach (var (side, volume) in _held) _before[(Day, side)] = new(volume);
        return this;
    }

    public LockReportStory Open(Side side, decimal price, decimal volume, decimal fee) => Trade(side, Offset.Open, price, volume, fee, null, null);

    public LockReportStory Close(Side side, decimal price, decimal volume, decimal fee, Offset offset = Offset.Close) => Trade(side, offset, price, volume, fee, null, null);

    /// <summary>Locks the leg; the lock itself is written by <see cref="Lock"/>.</summary>
    public Guid LockOf(Side side, decimal price, decimal volume, decimal fee)
    {
        var origin = new Guid(100 + _number, 0, 0, new byte[8]);
        Trade(side.Opposite(), Offset.Open, price, volume, fee, OrderPurpose.Lock, origin);
        return DerivedId.OfLock(origin);
    }

    public LockReportStory Unlock(Guid id, Side leg, decimal price, decimal volume, decimal fee, Offset offset = Offset.Close) => Trade(leg, offset, price, volume, fee, OrderPurpose.Unlock, id);

    public void Lock(Guid id, Side side, decimal? open, decimal price, decimal covered, decimal unlocked, DateTimeOffset since, LockStatus? status = null, bool adopted = false) => Locks.Add(new()
    {
        Id = id, AccountId = PositionSamples.Account.Id, Symbol = contract.Symbol, LockedSide = side, Status = status ?? (covered > 0m ? LockStatus.Active : LockStatus.Unlocked), Volume = new(covered), Ratio = Ratio.One,
        ProtectedPrice = open is { } known ? new Price(known) : null, LockPrice = new(price), UnlockedVolume = new(unlocked), Fees = 1m, IsAdopted = adopted, CreatedAt = since, UpdatedAt = Now,
        Bindings = covered > 0m ? [new(Guid.NewGuid(), Side.Long, new(covered)), new(Guid.NewGuid(), Side.Short, new(covered))] : [],
    });

    public IReadOnlyList<LockReportItem> Report() => LockReportBuilder.Build(new()
    {
        Contract = contract, TermsOn = contract.Product.TermsOn, Locks = Locks, Trades = _trades, Mark = Mark is { } mark ? new Price(mark) : null, TradingDay = Day,
        HeldBefore = (day, side) => !KnowsSettlements ? null : _before.GetValueOrDefault((day, side)), HeldAtEnd = (day, side) => AtEnd?.Invoke(side), LongHeld = new(_held[Side.Long]), ShortHeld = new(_held[Side.Short]), Now = Now,
    });

    /// <summary>It ends without a trade that anybody told.</summary>
    public void Vanish(Side side) => _held[side] = 0m;

    /// <summary>A snapshot tells of a leg.</summary>
    public void Hold(Side side, decimal volume) => _held[side] += volume;

    private LockReportStory Trade(Side side, Offset offset, decimal price, decimal volume, decimal fee, OrderPurpose? purpose, Guid? origin)
    {
        Now = Now.AddMinutes(1);
        _held[side] += offset == Offset.Open ? volume : -volume;
        _trades.Add(new(
            new(
                new()
                {
                    TradeId = $"T{++_number}", AccountId = PositionSamples.Account.Id, Symbol = contract.Symbol, TradingDay = Day, Side = offset == Offset.Open ? side.OpeningOrder() : side.ClosingOrder(), Offset = offset,
                    Price = new(price), Volume = new(volume), OccurredAt = Now,
                },
                new() { Fee = fee, RealisedPnl = null, ClosePnl = null }),
            purpose, origin));
        return this;
    }
}
