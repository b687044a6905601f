using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Support;

/// <summary>An engine in the middle of a busy morning, for tests of what is drawn: a firing that waits, one that failed, locks (one broken), a stale feed.</summary>
internal static class SampleSnapshot
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 2, 42, 7, TimeSpan.Zero);
    public static readonly AccountId Demo = new(new("11111111-1111-4111-8111-111111111111"));
    public static readonly AccountId Replayed = new(new("22222222-2222-4222-8222-222222222222"));
    public static readonly SourceName Source = new("demo");
    public static readonly SourceName Recording = new("replay-if");
    public static readonly Guid WaitingTrigger = Id(501);
    public static readonly Guid ProfitRule = Id(101);

    public static Contract Pta { get; } = Contract("CZCE", "TA2505", "TA", "精对苯二甲酸", "PTA", 2m, 5m);
    public static Contract Pvc { get; } = Contract("DCE", "v2505", "v", "聚氯乙烯", "PVC", 1m, 5m);
    public static Contract Gold { get; } = Contract("SHFE", "au2509", "au", "黄金", "Gold", 0.02m, 1000m);
    public static Contract Index { get; } = Contract("CFFEX", "IF2512", "IF", "沪深300股指", "CSI 300 index", 0.2m, 300m);

    /// <param name="step">Moves the prices: each step is another moment.</param>
    public static EngineSnapshot At(DateTimeOffset now, int step = 0) => new()
    {
        At = now,
        Recovered = true,
        Sources = [SourceOf(Source, SourceClock.Wall, now), SourceOf(Recording, SourceClock.Ticks, now)],
        Quotes =
        [
            Quote(Pta, 5690 + (2 * Wave(step, 5)), 5484, now),
            Quote(Pvc, 2806 - Wave(step, 3), 2866, now),
            Quote(Gold, 783.42m + (0.02m * Wave(step, 9)), 779.4m, now),
            Quote(Index, 4512.6m, 4498.2m, now - TimeSpan.FromSeconds(48)) with { Health = QuoteHealth.Stale },
        ],
        Accounts = [Account(now, step), Replay(now)],
        Rules = Rules(now, step),
        Triggers = Triggers(now),
        Locks = Locks(now),
        LockViews = LockViews(now),
        Orders = Orders(now),
    };

    public static Contract Contract(string exchange, string code, string product, string chinese, string english, decimal tick, decimal multiplier) => new()
    {
        Symbol = Symbol.Create(exchange, code),
        PriceTick = tick,
        LastTradingDay = new DateOnly(2027, 5, 15),
        Product = new()
        {
            Exchange = exchange, Code = product, ChineseName = chinese, EnglishName = english, Class = AssetClass.Future, Currency = Currency.Cny,
            Multiplier = multiplier, VolumeStep = 1, HoldsBothSides = true, Terms = [Terms(exchange, product, tick)],
            Sessions = new() { UtcOffset = TimeSpan.FromHours(8), DayAuctions = [], Day = [], NightAuctions = [], Night = [] },
        },
    };

    /// <summary>3 yuan a lot, whichever way.</summary>
    private static ContractTerms Terms(string exchange, string product, decimal tick) => new()
    {
        EffectiveFrom = new DateOnly(2020, 1, 1), PriceTick = tick, LongMargin = new(0.07m), ShortMargin = new(0.07m),
        Fees = new(new(FeeBasis.ByVolume, 3), new(FeeBasis.ByVolume, 3), new(FeeBasis.ByVolume, 3)), DistinguishesToday = exchange is "SHFE" or "INE",
        SingleSide = SingleSideMargin.RealTime, MarginGroup = $"{exchange}.{product}",
    };

    public static LegView Leg(Side side, decimal volume, decimal locked, decimal? open, decimal mark, Contract contract) => new()
    {
        Side = side, Volume = new(volume), TodayVolume = new(Math.Min(volume, 3)), LockedVolume = new(locked), LockableVolume = new(volume - locked),
        ClosableVolume = new(volume - locked), AverageOpenPrice = open is { } price ? new(price) : null,
        FloatingPnl = (mark - open) * side.Sign() * volume * contract.Multiplier, HoldingPnl = (mark - open) * side.Sign() * volume * contract.Multiplier,
        Margin = volume * mark * contract.Multiplier * 0.08m, OpenedAt = Now - TimeSpan.FromHours(20),
        Excursion = open is null ? null : new(12_500m, 125m, -1_500m, -15m),
    };

    private static int Wave(int step, int size) => (int)Math.Round(size * Math.Sin(step / 3.0));

    private static Guid Id(int number) => new($"00000000-0000-4000-8000-{number:D12}");

    private static SourceView SourceOf(SourceName name, SourceClock clock, DateTimeOffset now) => new()
    {
        Source = new() { Name = name, Clock = clock, SessionsAlways = true, CreatedAt = now - TimeSpan.FromHours(3) },
        Accepted = 184_233,
        Rejected = name == Source
            ? new Dictionary<TickReject, long> { [TickReject.Duplicate] = 12, [TickReject.NotANumber] = 3, [TickReject.OutsideLimits] = 1, [TickReject.Spike] = 2 }
            : [],
        LastTickAt = now - TimeSpan.FromSeconds(1),
        Clock = clock == SourceClock.Ticks ? new DateTimeOffset(2021, 1, 4, 3, 5, 14, 400, TimeSpan.Zero) : null,
    };

    private static QuoteView Quote(Contract contract, decimal last, decimal settlement, DateTimeOffset at)
    {
        var ticks = (long)(last / contract.PriceTick);
        return new()
        {
            Source = Source, Contract = contract, Phase = SessionPhase.Continuous, TradingDay = DateOnly.FromDateTime(at.Date), Health = QuoteHealth.Live,
            Tick = new()
            {
                OccurredAt = at, ReceivedAt = at, LastTicks = ticks, BidTicks = ticks - 1, AskTicks = ticks + 1, BidVolume = 123, AskVolume = 87, DayVolume = 345_678,
                OpenInterest = 812_340, OpenTicks = ticks - 30, HighTicks = ticks + 22, LowTicks = ticks - 41, PreSettlement = settlement,
                UpperLimitTicks = (long)(settlement * 1.07m / contract.PriceTick), LowerLimitTicks = (long)(settlement * 0.93m / contract.PriceTick),
            },
        };
    }

    private static AccountView Account(DateTimeOffset now, int step)
    {
        var pta = 5690m + (2 * Wave(step, 5));
        var pvc = 2806m - Wave(step, 3);
        var gold = 783.42m + (0.02m * Wave(step, 9));
        IReadOnlyList<PositionView> positions =
        [
            Position(Pta, Leg(Side.Long, 10, 8, 5500, pta, Pta), Leg(Side.Short, 8, 8, 5702, pta, Pta), pta),
            Position(Pvc, Leg(Side.Long, 0, 0, null, pvc, Pvc), Leg(Side.Short, 12, 0, 2862, pvc, Pvc), pvc),
            Position(Gold, Leg(Side.Long, 2, 0, 780, gold, Gold), Leg(Side.Short, 0, 0, null, gold, Gold), gold),
        ];
        var floating = positions.Sum(p => (p.Long.FloatingPnl ?? 0) + (p.Short.FloatingPnl ?? 0));
        var margin = positions.Sum(p => p.Margin);
        return new()
        {
            Account = new() { Id = Demo, Name = "演示账户", Venue = VenueKind.Simulated, Currency = Currency.Cny, Source = Source, IsDemo = true, CreatedAt = now - TimeSpan.FromHours(1) },
            Funds = FundsOf(Demo, 1_000_000 + floating - 84.36m, floating, margin),
            Positions = positions,
            Replay = false,
            LinkUp = true,
        };
    }

    public static Funds FundsOf(AccountId account, decimal equity, decimal floating, decimal margin) => new()
    {
        AccountId = account, Currency = Currency.Cny, TradingDay = new DateOnly(2026, 11, 20), Deposits = 1_000_000, RealisedPnl = 0, Fees = 84.36m, FloatingPnl = floating,
        StaticEquity = 1_000_000, ClosePnlToday = 0, HoldingPnl = floating, FeesToday = 84.36m, CashFlowToday = 0, Equity = equity, Margin = margin,
        FrozenMargin = 0, FrozenFees = 0, Available = equity - margin, RiskRatio = margin / equity,
    };

    private static AccountView Replay(DateTimeOffset now) => new()
    {
        Account = new() { Id = Replayed, Name = "IF 2021-01-04", Venue = VenueKind.Simulated, Currency = Currency.Cny, Source = Recording, CreatedAt = now },
        Funds = FundsOf(Replayed, 1_000_000, 0, 0),
        Positions = [],
        Replay = true,
        LinkUp = false,
    };

    private static PositionView Position(Contract contract, LegView longLeg, LegView shortLeg, decimal mark) => new()
    {
        AccountId = Demo, Contract = contract, Long = longLeg, Short = shortLeg, Mark = new(mark), Margin = Math.Max(longLeg.Margin, shortLeg.Margin), Terms = contract.Product.Terms[0],
    };

    private static List<RuleView> Rules(DateTimeOffset now, int step)
    {
        LockRule Rule(int id, Contract contract, Side side, TriggerType type) => new()
        {
            Id = Id(id), AccountId = Demo, Symbol = contract.Symbol, Direction = side, TriggerType = type, CreatedAt = now - TimeSpan.FromHours(1), UpdatedAt = now - TimeSpan.FromHours(1),
        };

        var gold = 783.42m + (0.02m * Wave(step, 9));
        return
        [
            View(Rule(101, Pta, Side.Long, TriggerType.Profit) with { ProfitLockEnabled = true, ProfitLockThreshold = 10_000, ProfitLockRatio = new(0.8m), AutoExecute = true }, ArmState.Done,
                Condition(ConditionKind.Profit, 9500, 10_000, Pta.PriceAt(2850), 5) with { Why = "done" }),
            View(Rule(102, Pvc, Side.Short, TriggerType.Price) with { TriggerPrice = new(2800) }, ArmState.Fired,
                Condition(ConditionKind.Price, 2799, 2800, new(2800), -1) with { Why = "open_trigger" }),
            View(Rule(103, Pta, Side.Long, TriggerType.Price) with { StopLossPrice = new(5400), AutoExecute = true }, ArmState.Armed,
                Condition(ConditionKind.Stop, 5690, 5400, new(5400), 145)),
            View(Rule(104, Gold, Side.Long, TriggerType.Trailing) with { TrailingStop = true, TrailingDistance = 1.6m, AutoExecute = true }, ArmState.Armed,
                Condition(ConditionKind.Trailing, gold, 1.6m, new(782.4m), (long)((gold - 782.4m) / 0.02m)) with { HighWater = new(784m) },
                Condition(ConditionKind.Stop, gold, 776m, new(776m), (long)((gold - 776m) / 0.02m))),
            View(Rule(105, Gold, Side.Long, TriggerType.Profit) with { ProfitLockEnabled = true, ProfitLockThreshold = 12_000, ProfitLockRatio = new(0.5m) }, ArmState.Armed,
                Condition(ConditionKind.Profit, (gold - 780) * 2000, 12_000, new(786m), (long)((786m - gold) / 0.02m))),
            View(Rule(106, Index, Side.Long, TriggerType.Price) with { StopLossPrice = new(4480m), IsEnabled = false }, ArmState.Idle,
                Condition(ConditionKind.Stop, null, 4480, new(4480m), null) with { Why = "disabled" }),
        ];

        RuleView View(LockRule rule, ArmState state, params ConditionView[] conditions) => new()
        {
            Rule = rule, Conditions = conditions, DistanceTicks = conditions.Min(c => c.DistanceTicks), LastEvaluatedAt = now,
            State = new() { RuleId = rule.Id, State = state, Why = rule.IsEnabled ? null : "disabled", ArmedAt = now - TimeSpan.FromMinutes(40), UpdatedAt = now, DoneVolume = state == ArmState.Done ? new(8) : default },
        };
    }

    public static ConditionView Condition(ConditionKind kind, decimal? value, decimal target, Price level, long? distance) =>
        new() { Kind = kind, Live = true, Now = value, Target = target, Level = level, DistanceTicks = distance };

    private static List<LockTrigger> Triggers(DateTimeOffset now)
    {
        LockTrigger Trigger(int id, Contract contract, Side side, ConditionKind kind, string sentence, decimal price, decimal volume, TriggerStatus status, int minutesAgo) => new()
        {
            Id = Id(id), ConfigId = Id(id - 400), AccountId = Demo, Symbol = contract.Symbol, Direction = side, Condition = kind, TriggerCondition = sentence, TriggerPrice = new(price),
            TriggerProfit = 3_780, TickTimestamp = now - TimeSpan.FromMinutes(minutesAgo), TriggeredAt = now - TimeSpan.FromMinutes(minutesAgo), LockVolume = new(volume), Status = status,
            AutoExecute = status != TriggerStatus.WaitingConfirm, UpdatedAt = now - TimeSpan.FromMinutes(minutesAgo),
        };

        return
        [
            Trigger(501, Pvc, Side.Short, ConditionKind.Price, "价格达到目标: 2799 <= 2800", 2799, 12, TriggerStatus.WaitingConfirm, 1) with { ConfirmBy = now + TimeSpan.FromSeconds(522) },
            Trigger(502, Pta, Side.Long, ConditionKind.Profit, "利润达到阈值: 10100.00 >= 10000.00", 5702, 8, TriggerStatus.Executed, 14) with { FilledVolume = new(8), ExecutionTime = now - TimeSpan.FromMinutes(14), ExecutionResult = "8 @ 5702" },
            Trigger(503, Gold, Side.Long, ConditionKind.Trailing, "移动止损: 782.40 <= 782.40, 最高 784.00", 782.4m, 8, TriggerStatus.Failed, 33) with { ErrorMessage = "持仓不足: 当前long仓: 3手, 需要锁定: 8手" },
            Trigger(504, Index, Side.Long, ConditionKind.Stop, "价格触及止损: 4480 <= 4480", 4480, 2, TriggerStatus.Expired, 61),
        ];
    }

    private static List<PositionLock> Locks(DateTimeOffset now)
    {
        PositionLock Lock(int id, Contract contract, decimal volume, decimal open, decimal price, LockStatus status) => new()
        {
            Id = Id(id), AccountId = Demo, Symbol = contract.Symbol, LockedSide = Side.Long, TriggerId = Id(502), Status = status, Volume = new(volume), Ratio = new(0.8m),
            ProtectedPrice = new(open), LockPrice = new(price), FrozenProfit = (price - open) * volume * contract.Multiplier, Fees = 24m,
            Bindings = status == LockStatus.Active ? [new(Id(id + 50), Side.Long, new(volume)), new(Id(id + 60), Side.Short, new(volume))] : [],
            CreatedAt = now - TimeSpan.FromMinutes(14), UpdatedAt = now,
        };

        return [Lock(701, Pta, 8, 5500, 5702, LockStatus.Active), Lock(702, Gold, 1, 780, 783, LockStatus.Broken)];
    }

    private static List<LockView> LockViews(DateTimeOffset now)
    {
        var (whole, broken) = (Locks(now)[0], Locks(now)[1]);
        return
        [
            new()
            {
                Lock = whole, Contract = Pta, Covered = whole.Volume, UncoveredSide = null, UncoveredVolume = default, UncoveredPerTick = 0, UnwindFeeToday = 0, UnwindFeeLater = 48,
                UnwindSpread = 160, IsBusy = false,
            },
            new()
            {
                Lock = broken, Contract = Gold, Covered = default, UncoveredSide = Side.Long, UncoveredVolume = new(1), UncoveredPerTick = 20, UnwindFeeToday = 0, UnwindFeeLater = 0,
                UnwindSpread = 0, IsBusy = false,
            },
        ];
    }

    private static List<Order> Orders(DateTimeOffset now) =>
    [
        new()
        {
            Id = new("QD261120ABCDEFGHJKMNPQRS-1"), AccountId = Demo, Symbol = Gold.Symbol, Side = OrderSide.Sell, Offset = Offset.CloseToday, Type = OrderType.Limit, LimitPrice = new(784.2m),
            Volume = new(1), State = OrderState.Accepted, Purpose = OrderPurpose.Close, OriginId = Id(801), Child = 1, TradingDay = new DateOnly(2026, 11, 20), CreatedAt = now - TimeSpan.FromMinutes(2), UpdatedAt = now,
        },
    ];
}
