using System.Globalization;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Support;

/// <summary>A past for <see cref="SampleSnapshot"/>: two hours of equity, a few executions and events.</summary>
internal sealed class SampleHistory(DateTimeOffset now) : ILockHistory, IFundsHistory, ITapeHistory, IOrderHistory
{
    /// <summary>What orders and trades were looked for.</summary>
    public List<OrderFilter> Asked { get; } = [];

    /// <summary>In the place of the sample's own; a page's cursor is the index of its first.</summary>
    public IReadOnlyList<Order>? Orders { get; set; }

    public Task<Page<Order>> OrdersAsync(OrderFilter filter, PageRequest page, CancellationToken stop = default)
    {
        Asked.Add(filter);
        var wanted = (Orders ?? SampleSnapshot.At(now).Orders).Where(o => (filter.State is null || o.State == filter.State) && (filter.OrderId is null || o.Id == filter.OrderId)).ToList();
        var from = page.Cursor is { } cursor ? int.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        var next = from + page.Limit;
        return Task.FromResult(new Page<Order>([.. wanted.Skip(from).Take(page.Limit)], next < wanted.Count ? next.ToString(CultureInfo.InvariantCulture) : null));
    }

    public Task<Page<Trade>> TradesAsync(OrderFilter filter, PageRequest page, CancellationToken stop = default)
    {
        Asked.Add(filter);
        return Task.FromResult(Trades());
    }

    private Page<Trade> Trades() => new(
        [
            new(
                new()
                {
                    TradeId = "T-9", AccountId = SampleSnapshot.Demo, Symbol = SampleSnapshot.Gold.Symbol, TradingDay = DateOnly.FromDateTime(now.Date), Side = OrderSide.Sell, Offset = Offset.CloseToday,
                    Price = new(783.5m), Volume = new(1), OccurredAt = now - TimeSpan.FromMinutes(3), OrderId = new("QD261120ABCDEFGHJKMNPQRS-2"),
                },
                new() { Fee = 10, RealisedPnl = 3500 }),
            new(
                new()
                {
                    TradeId = "T-8", AccountId = SampleSnapshot.Demo, Symbol = SampleSnapshot.Pta.Symbol, TradingDay = DateOnly.FromDateTime(now.Date), Side = OrderSide.Sell, Offset = Offset.Open,
                    Price = new(5702), Volume = new(8), OccurredAt = now - TimeSpan.FromMinutes(14),
                },
                new() { Fee = 24 }),
        ],
        null);

    public Task<IReadOnlyDictionary<ClientOrderId, OrderOrigin>> OriginsAsync(IReadOnlyCollection<ClientOrderId> orders, CancellationToken stop = default) =>
        Task.FromResult<IReadOnlyDictionary<ClientOrderId, OrderOrigin>>(orders.ToDictionary(
            id => id, _ => new OrderOrigin(OrderOwner.Rule, OrderPurpose.Lock, new("00000000-0000-4000-8000-000000000502"), SampleSnapshot.ProfitRule, new("00000000-0000-4000-8000-000000000701"), null)));

    /// <summary>How often trades were added up.</summary>
    public int Summed { get; private set; }

    public Task<IReadOnlyList<TradeSum>> TradeSumsAsync(OrderFilter filter, CancellationToken stop = default)
    {
        Summed++;
        return Task.FromResult(Sums());
    }

    private static IReadOnlyList<TradeSum> Sums() =>
        [
            new(SampleSnapshot.Demo, SampleSnapshot.Gold.Symbol, 1, 1, 783.5m, 10, 1, 0, 3500),
            new(SampleSnapshot.Demo, SampleSnapshot.Pta.Symbol, 1, 8, 45_616, 24, 0, 0, 0),
        ];

    public Task<Page<EquityPoint>> EquityAsync(FundsFilter filter, PageRequest page, CancellationToken stop = default) => Task.FromResult(new Page<EquityPoint>(
        [.. Enumerable.Range(1, 240).Select(i => new EquityPoint(now - TimeSpan.FromSeconds(30 * i), Funds(i)))], null));

    public Task<Page<CashFlow>> CashFlowAsync(FundsFilter filter, PageRequest page, CancellationToken stop = default) => Task.FromResult(new Page<CashFlow>(
        [
            Cash(802, -10_000, now - TimeSpan.FromDays(2), "rent"),
            Cash(801, 1_000_000, now - TimeSpan.FromDays(30), null),
        ],
        null));

    public Task<Page<AccountSettlement>> SettlementsAsync(FundsFilter filter, PageRequest page, CancellationToken stop = default) => Task.FromResult(new Page<AccountSettlement>(
        [.. Enumerable.Range(1, 2).Select(i => new AccountSettlement
        {
            AccountId = SampleSnapshot.Demo, TradingDay = new DateOnly(2026, 11, 20).AddDays(-i), SettledAt = now.AddDays(-i),
            Funds = SampleSnapshot.FundsOf(SampleSnapshot.Demo, 1_000_000 + (i * 1500m), i * 1500m, 120_000),
            Positions = i == 1 ? [Held] : null,
        }).Where(day => filter.TradingDay is null || day.TradingDay == filter.TradingDay)],
        null));

    private static SettledPosition Held { get; } = new()
    {
        Symbol = SampleSnapshot.Pta.Symbol, Side = Side.Long, Volume = new(8), TodayVolume = Volume.Zero, AverageOpenPrice = 5500, AverageBasis = 5500, SettlementPrice = 5702, FloatingPnl = 8080, HoldingPnl = 8080, Margin = 15_966,
    };

    public Task<LockTrigger?> TriggerAsync(Guid id, CancellationToken stop = default) => Task.FromResult(SampleSnapshot.At(now).Triggers.FirstOrDefault(t => t.Id == id));

    public Task<Page<LockTrigger>> TriggersAsync(LockFilter filter, PageRequest page, CancellationToken stop = default) => Task.FromResult(new Page<LockTrigger>(SampleSnapshot.At(now).Triggers, null));

    public Task<Page<LockExecution>> ExecutionsAsync(LockFilter filter, PageRequest page, CancellationToken stop = default) => Task.FromResult(new Page<LockExecution>(
        [
            new()
            {
                Id = new("00000000-0000-4000-8000-000000000901"), TriggerId = new("00000000-0000-4000-8000-000000000502"), LockId = new("00000000-0000-4000-8000-000000000701"),
                AccountId = SampleSnapshot.Demo, Symbol = SampleSnapshot.Pta.Symbol, Direction = Side.Long, LockVolume = new(8), LockPrice = new(5702), LockedProfit = 8080, Fee = 24,
                Method = ExecutionMethod.Auto, ExecutedAt = now - TimeSpan.FromMinutes(14),
            },
        ],
        null));

    public Task<Page<PositionLock>> LocksAsync(LockFilter filter, PageRequest page, CancellationToken stop = default) => Task.FromResult(new Page<PositionLock>(SampleSnapshot.At(now).Locks, null));

    public Task<Page<TapeEvent>> EventsAsync(TapeFilter filter, PageRequest page, CancellationToken stop = default) => Task.FromResult(new Page<TapeEvent>([.. Events().Reverse()], null));

    public static IEnumerable<TapeEvent> Events(DateTimeOffset now)
    {
        var pta = SampleSnapshot.Pta.Symbol;
        var pvc = SampleSnapshot.Pvc.Symbol;
        (TapeSeverity Severity, string Key, Symbol? Symbol, string[] Values)[] events =
        [
            (TapeSeverity.Info, "account.created", null, ["演示账户"]),
            (TapeSeverity.Info, "rule.created", pta, ["long"]),
            (TapeSeverity.Info, "lock.fired", pta, ["long", "利润达到阈值: 10100.00 >= 10000.00", "8"]),
            (TapeSeverity.Info, "lock.executing", pta, ["long", "8"]),
            (TapeSeverity.Info, "order.filled", pta, ["QD261120ABCDEFGHJKMNPQRS-1", "8", "5702"]),
            (TapeSeverity.Success, "lock.executed", pta, ["long", "8", "8080.00"]),
            (TapeSeverity.Danger, "lock.failed", SampleSnapshot.Gold.Symbol, ["long", "持仓不足: 当前long仓: 3手, 需要锁定: 8手"]),
            (TapeSeverity.Warning, "feed.stale", SampleSnapshot.Index.Symbol, ["demo", "2026-11-20T02:41:19.0000000+00:00"]),
            (TapeSeverity.Warning, "lock.waiting", pvc, ["short", "12", "价格达到目标: 2799 <= 2800"]),
        ];
        return events.Select((e, i) => new TapeEvent
        {
            Number = i + 1, At = now - TimeSpan.FromMinutes(2 * (events.Length - i)), Severity = e.Severity, Key = e.Key, Values = e.Values, Symbol = e.Symbol, AccountId = SampleSnapshot.Demo,
        });
    }

    private IEnumerable<TapeEvent> Events() => Events(now);

    private static CashFlow Cash(int id, decimal amount, DateTimeOffset at, string? note) => new()
    {
        Id = new($"00000000-0000-4000-8000-000000000{id}"), AccountId = SampleSnapshot.Demo, Amount = new(amount, Currency.Cny), TradingDay = DateOnly.FromDateTime(at.Date), OccurredAt = at, Note = note,
    };

    private static Funds Funds(int i)
    {
        var floating = (decimal)((Math.Sin(i / 17.0) * 1800) + (Math.Sin(i / 5.0) * 420) + ((240 - i) * 83));
        return SampleSnapshot.FundsOf(SampleSnapshot.Demo, 1_000_000 + decimal.Round(floating, 2), floating, 120_000);
    }
}
