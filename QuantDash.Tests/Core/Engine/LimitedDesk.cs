using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>An account with limits and some PTA (tick 2, 5 a point), last 5500, bid 5498, ask 5502. Its feed is its clock.</summary>
internal sealed class LimitedDesk
{
    public static readonly Symbol Pta = PtaDesk.Pta;
    private DateTimeOffset _clock = new(2026, 11, 20, 1, 30, 0, TimeSpan.Zero);

    public LimitedDesk(RiskLimits? limits = null, decimal longVolume = 0, decimal shortVolume = 0, RiskLimits? defaults = null, bool quoted = true, SourceClock clock = SourceClock.Ticks)
    {
        Harness = new(new() { DefaultLimits = defaults ?? RiskLimits.None });
        Account = Harness.Account(clock: clock);
        if (quoted) Tick(5500);
        if (longVolume + shortVolume > 0) Harness.Hold(Account, Pta, longVolume, longVolume > 0 ? 5500 : 0, shortVolume, shortVolume > 0 ? 5500 : 0);
        if (limits is not null) Set(limits);
    }

    public EngineHarness Harness { get; }
    public AccountId Account { get; }
    public RiskView Risk => Harness.Snapshot.Accounts[0].Risk;
    public IReadOnlyList<Order> Working => Harness.Snapshot.Orders;
    public IReadOnlyList<TapeEvent> Told => [.. Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Select(change => change.Event).Where(e => e.Key == "order.over_limit")];

    public void Set(RiskLimits? limits, params (Symbol Symbol, RiskLimits Limits)[] contracts)
    {
        Harness.Engine.Limits.Set(new(Account, limits, contracts.ToDictionary(c => c.Symbol, c => c.Limits)), _clock).Problems.ShouldBeEmpty();
        Harness.Commit();
    }

    public void Tick(double last)
    {
        _clock = _clock.AddSeconds(0.5);
        Harness.Tick(Pta, new RawTick { Timestamp = _clock, LastPrice = last, BidPrice = last - 2, BidVolume = 500, AskPrice = last + 2, AskVolume = 500 }).ShouldBe(TickReject.None);
    }

    public void Wait(TimeSpan time, double last = 5500)
    {
        _clock += time - TimeSpan.FromSeconds(0.5);
        Tick(last);
    }

    /// <summary>kill -9 and a start: only what was written down is left.</summary>
    public void Kill() => Harness.Restart(DurableState.After(Harness.Journal.Batches, Harness.Journal.Last), _clock);

    public OrderRequest Request(OrderPurpose purpose, decimal volume, decimal? price, Side side = Side.Long, bool mayRepeat = true) =>
        new(Account, Pta, purpose, side, new(volume), price is null ? OrderType.Market : OrderType.Limit, price is { } limit ? new Price(limit) : null) { MayRepeat = mayRepeat };

    public Outcome<Order> Place(OrderRequest request)
    {
        var placed = Harness.Engine.PlaceOrder(request, _clock);
        Harness.Commit();
        return placed;
    }

    /// <summary>Rests below the market unless it is told to trade.</summary>
    public Outcome<Order> Open(decimal volume, decimal price = 5400, Side side = Side.Long, bool mayRepeat = true) => Place(Request(OrderPurpose.Open, volume, price, side, mayRepeat));

    public Outcome<OrderPreview> Preview(OrderRequest request) => Harness.Engine.Preview(request, _clock);

    public Outcome<Order> Replace(Order order, decimal price) => Harness.Engine.ReplaceOrder(order.Id, new(price), null, _clock);

    public Outcome<HeldPlaced> Hold(OrderRequest order, decimal level, HeldKind kind = HeldKind.Stop)
    {
        var held = Harness.Engine.Held.Place(new(order, kind, new(level)), _clock);
        Harness.Commit();
        return held;
    }

    public void TakeOver(OutsideEdit edit)
    {
        Harness.Engine.TakeOver(edit, _ => "", _clock);
        Harness.Commit();
    }

    public void Deposit(decimal amount) => Harness.Engine.BookCash(Account, amount, null, _clock).Problems.ShouldBeEmpty();

    public void StopEverything() => Harness.Engine.Emergency.Stop(new(Account, EmergencyThen.Flatten, "drill", Force: true), _clock).Problems.ShouldBeEmpty();
}
