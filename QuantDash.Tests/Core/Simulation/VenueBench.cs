using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;
using QuantDash.Tests.Core.Orders;
using QuantDash.Tests.Core.Positions;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Simulation;

/// <summary>A simulated venue with books that follow its reports at once.</summary>
internal sealed class VenueBench
{
    private readonly Dictionary<ClientOrderId, Order> _orders = [];
    private readonly HashSet<FillKey> _seen = [];
    private int _children;

    public VenueBench(TestBooks books, SessionPhase phase = SessionPhase.Continuous)
    {
        Books = books;
        Phase = phase;
        Venue = Restarted();
    }

    public TestBooks Books { get; }
    public SessionPhase Phase { get; set; }
    public SimulatedVenue Venue { get; set; }
    public List<OrderReport> Reports { get; } = [];
    public IReadOnlyDictionary<ClientOrderId, Order> Orders => _orders;
    public DateTimeOffset Now { get; set; } = Morning;
    public SessionWindow Window => new(Phase, Books.Day, Morning.AddHours(-1).AddDays(Books.Day.DayNumber - Day.DayNumber), Morning.AddHours(5).AddDays(Books.Day.DayNumber - Day.DayNumber));

    /// <summary>The venue after a restart of the process.</summary>
    public SimulatedVenue Restarted() => new(Books.Ledger, Take, (_, _) => Window);

    public void Tick(Contract contract, decimal last, (decimal Price, decimal Volume)? bid = null, (decimal Price, decimal Volume)? ask = null, decimal upper = 0, decimal lower = 0)
    {
        long Ticks(decimal price) => (long)(price / contract.PriceTick);
        Now = Now.AddMilliseconds(500);
        Books.Ledger.Mark(contract.Symbol, Ticks(last));
        var tick = new Tick
        {
            OccurredAt = Now,
            ReceivedAt = Now,
            LastTicks = Ticks(last),
            BidTicks = Ticks(bid?.Price ?? 0),
            BidVolume = bid?.Volume ?? 0,
            AskTicks = Ticks(ask?.Price ?? 0),
            AskVolume = ask?.Volume ?? 0,
            UpperLimitTicks = Ticks(upper),
            LowerLimitTicks = Ticks(lower),
        };
        Venue.OnTick(contract, tick, Window, Now);
    }

    public Order Place(Contract contract, OrderSide side, Offset offset, decimal volume, decimal? limit)
    {
        var order = OrderSamples.Order(contract.Symbol, side, offset, volume, limit, child: ++_children) with { UpdatedAt = Now, TradingDay = Books.Day };
        return Place(order);
    }

    public Order Place(Order order)
    {
        _orders[order.Id] = order;
        Venue.Place(order);
        return _orders[order.Id];
    }

    public Order Current(Order order) => _orders[order.Id];

    private void Take(OrderReport report)
    {
        Reports.Add(report);
        if (!_orders.TryGetValue(report.OrderId, out var order)) return;
        var isNew = report.Fill is { } fill && _seen.Add(fill.Key);
        _orders[order.Id] = OrderTransitions.Apply(order, report, isNew, Now);
        if (!isNew) return;
        var contract = Books.Find(order.Symbol);
        Books.Ledger.Book(report.Fill!, contract, contract.Product.Terms[0]);
    }
}
