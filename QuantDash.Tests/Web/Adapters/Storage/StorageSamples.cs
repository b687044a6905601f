using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Tests.Web.Adapters.Storage;

/// <summary>Random records of every kind the journal writes, from a seed. Numbers have as many digits as their columns promise to keep.</summary>
internal sealed class StorageSamples(int seed)
{
    private static readonly string[] Symbols = ["CZCE.TA2505", "DCE.v2505", "BINANCE.BTCUSDT", "HK.09988"];
    private static readonly string[] Texts = ["持仓不足: 当前long仓: 3手", "it's \"quoted\"", "", "🔒 emoji", "line\nbreak", "plain"];
    private readonly Random _random = new(seed);
    private int _orders;

    public AccountId Account { get; } = new(new Guid(seed, 7, 7, 1, 2, 3, 4, 5, 6, 7, 8));

    public Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new(bytes);
    }

    /// <summary>At most 15 significant digits: what a price, a volume or an amount of a trade has.</summary>
    public decimal Number() => _random.Next(6) switch
    {
        0 => _random.Next(1, 100),
        1 => _random.Next(1, 1_000_000) / 100m,
        2 => _random.NextInt64(1, 1_000_000_000_000_000) / 100_000_000m,
        3 => 0.005m,
        4 => 123456789012345m,
        _ => _random.Next(1, 100_000) * 0.2m,
    };

    /// <summary>Every digit a decimal has.</summary>
    public decimal Exact() => new decimal(_random.Next(), _random.Next(), _random.Next() >> 3, isNegative: _random.Next(2) == 0, scale: (byte)_random.Next(0, 28));

    public DateTimeOffset Time()
        => new DateTimeOffset(2021, 1, 4, 0, 0, 0, TimeSpan.Zero).AddTicks(_random.NextInt64(0, 365L * 86_400_000_000) * TimeSpan.TicksPerMicrosecond);

    public Source Source() => new()
    {
        Name = new("source-" + _random.Next(3)),
        Clock = Any<SourceClock>(),
        SessionsAlways = Coin(),
        ExpiryNone = Coin(),
        CreatedAt = Time(),
    };

    public Account NewAccount() => new()
    {
        Id = Account,
        ExternalId = Maybe(Text()),
        Name = Text(),
        Venue = Any<VenueKind>(),
        Currency = Currency.Cny,
        Source = new("simulated"),
        IsDemo = Coin(),
        CreatedAt = Time(),
        Halt = Coin() ? new(Time(), Text()) : null,
        ClosedAt = Coin() ? Time() : null,
    };

    public LedgerBalances Ledger() => new()
    {
        AccountId = Account,
        Currency = Currency.Usdt,
        TradingDay = Coin() ? Day() : null,
        Deposits = Exact(),
        RealisedPnl = Exact(),
        Fees = Exact(),
        StaticEquity = Exact(),
        CashFlowToday = Exact(),
        ClosePnlToday = Exact(),
        FeesToday = Exact(),
    };

    public LockRule Rule() => new()
    {
        Id = Id(),
        AccountId = Account,
        Symbol = Symbol(),
        Direction = Any<Side>(),
        TriggerType = Any<TriggerType>(),
        IsEnabled = Coin(),
        AutoExecute = Coin(),
        ProfitLockEnabled = Coin(),
        ProfitLockThreshold = MaybeNumber(),
        ProfitLockRatio = new(_random.Next(1, 101) / 100m),
        TriggerPrice = MaybePrice(),
        StopLossPrice = MaybePrice(),
        StopLockRatio = new(_random.Next(1, 101) / 100m),
        DecayHalfLifeMinutes = MaybeNumber(),
        DecayFloor = MaybeNumber(),
        TriggerTime = Coin() ? TriggerTime.BeforeClose(_random.Next(1, 600), Any<SessionClose>()) : Coin() ? TriggerTime.AfterHolding(_random.Next(1, 1000)) : null,
        AtrPeriod = _random.Next(2, 200),
        AtrTimeframe = AtrTimeframes.All[_random.Next(AtrTimeframes.All.Count)],
        Rearm = Any<RearmMode>(),
        RearmCooldown = TimeSpan.FromSeconds(_random.Next(1, 86_400)),
        RearmAdds = Coin(),
        OcoGroup = Coin() ? "组一" : null,
        OcoMode = Any<OcoMode>(),
        IfLockRefused = Any<IfLockRefused>(),
        Action = Any<LockAction>(),
        Opposite = Any<OppositeLeg>(),
        LockId = Coin() ? Id() : null,
        RelockPrice = MaybePrice(),
        RelockTicks = Coin() ? _random.Next(1, 1001) : null,
        ParentId = Coin() ? Id() : null,
        Stages = Coin() ? [new(Number(), new(0.3m)), new(Number(), new(0.7m))] : [],
        MinOneLot = Coin() ? Coin() : null,
        TrailingStop = Coin(),
        TrailingDistance = MaybeNumber(),
        TrailingMode = Any<TrailingMode>(),
        TrailingActivation = MaybePrice(),
        PriceSource = Any<PriceSource>(),
        ConfirmTicks = _random.Next(1, 101),
        Also = Coin() ? [TriggerType.Price, TriggerType.Trailing] : [],
        ConfirmTimeout = TimeSpan.FromMilliseconds(_random.Next(1, 1_000_000)),
        ConfirmTimeoutAction = Any<ConfirmTimeoutAction>(),
        MaxSlippageTicks = _random.Next(100),
        ProtectTicks = _random.Next(100),
        Shadow = Coin(),
        ValidUntil = Coin() ? Time() : null,
        DisabledReason = Maybe(Text()),
        Note = Maybe(Text()),
        CreatedAt = Time(),
        UpdatedAt = Time(),
    };

    public LockRuleState State(Guid rule) => new()
    {
        RuleId = rule,
        State = Any<ArmState>(),
        Why = Maybe(Text()),
        ArmedAt = Coin() ? Time() : null,
        HighWaterTicks = _random.NextInt64(0, 1L << 50),
        HighWaterSince = Any<HighWaterSince>(),
        TrailingActive = Coin(),
        DoneVolume = new(Number()),
        DoneCost = Coin() ? Exact() : null,
        StagesDone = _random.Next(20),
        TrailingDistanceTicks = Coin() ? _random.Next(1, 100) : null,
        TimeActedAt = Coin() ? Time() : null,
        RearmAt = Coin() ? Time() : null,
        BaseVolume = new(Number()),
        Spent = Coin(),
        UpdatedAt = Time(),
    };

    public LockTrigger Trigger(Guid rule) => new()
    {
        Id = Id(),
        ConfigId = rule,
        AccountId = Account,
        Symbol = Symbol(),
        Direction = Any<Side>(),
        Condition = Any<ConditionKind>(),
        Stage = _random.Next(20),
        Action = Any<LockAction>(),
        LockId = Coin() ? Id() : null,
        TriggerCondition = Text(),
        TriggerPrice = new(Number()),
        TriggerProfit = MaybeNumber(),
        TickTimestamp = Time(),
        LockVolume = new(Number()),
        FilledVolume = new(Number()),
        Status = Any<TriggerStatus>(),
        AutoExecute = Coin(),
        Shadow = Coin(),
        TriggeredAt = Time(),
        ConfirmBy = Coin() ? Time() : null,
        ExecutionTime = Coin() ? Time() : null,
        ExecutionResult = Maybe(Text()),
        ErrorMessage = Maybe(Text()),
        Children = _random.Next(5),
        UpdatedAt = Time(),
    };

    public LockExecution Execution(Guid trigger) => new()
    {
        Id = Id(),
        TriggerId = trigger,
        LockId = Coin() ? Id() : null,
        AccountId = Account,
        Symbol = Symbol(),
        Direction = Any<Side>(),
        LockVolume = new(Number()),
        LockPrice = new(Number()),
        LockedProfit = MaybeNumber(),
        Fee = Number(),
        Method = Any<ExecutionMethod>(),
        ExecutedAt = Time(),
    };

    public PositionLock Lock() => new()
    {
        Id = Id(),
        AccountId = Account,
        Symbol = Symbol(),
        LockedSide = Any<Side>(),
        TriggerId = Coin() ? Id() : null,
        Status = Any<LockStatus>(),
        Volume = new(Number()),
        Ratio = new(0.8m),
        ProtectedPrice = Coin() ? new(Exact()) : null,
        LockPrice = Coin() ? new(Exact()) : null,
        FrozenProfit = Coin() ? Exact() : null,
        Fees = Exact(),
        Bindings = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => new LotBinding(Id(), Any<Side>(), new(Math.Abs(Exact()))))],
        IsAdopted = Coin(),
        UnlockedVolume = new(Number()),
        RealisedProfit = Coin() ? Exact() : null,
        Children = _random.Next(5),
        Unlocking = Coin() ? new([new(Any<Side>(), new(Number()))], Any<OrderType>(), Coin() ? new(Exact()) : null, null) : null,
        CreatedAt = Time(),
        UpdatedAt = Time(),
    };

    public UnexplainedVolume Unexplained() => new(Account, Symbol(), Any<Side>(), Coin(), Time(), new(Number()))
    {
        Lots = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => UnexplainedLot())],
    };

    private UnexplainedLot UnexplainedLot() => new()
    {
        LotId = Id(),
        TakenAt = Time(),
        Volume = new(Number()),
        OpenedOn = Coin() ? Day() : null,
        OpenedAt = Coin() ? Time() : null,
        OpenPrice = MaybePrice(),
        MarkBasis = MaybePrice(),
        FeeTodayUsed = new(Number()),
        LockId = Coin() ? Id() : null,
        ClosedAt = MaybePrice(),
    };

    public Lot Lot() => new()
    {
        Id = Id(),
        AccountId = Account,
        Symbol = Symbol(),
        Side = Any<Side>(),
        OpenedOn = Day(),
        OpenedAt = Time(),
        OpenPrice = MaybePrice(),
        MarkBasis = MaybePrice(),
        Volume = new(Number()),
        LockedVolume = new(Number()),
        FeeTodayUsed = new(Number()),
    };

    public Order Order() => new()
    {
        Id = ClientOrderId.For(Account, Day(), Id(), 1),
        AccountId = Account,
        Symbol = Symbol(),
        Side = Any<OrderSide>(),
        Offset = Any<Offset>(),
        Type = Any<OrderType>(),
        LimitPrice = MaybePrice(),
        TimeInForce = (TimeInForce)(_orders++ % 3),
        Volume = new(Number()),
        FilledVolume = new(Number()),
        AverageFillPrice = Coin() ? new(Exact()) : null,
        State = Any<OrderState>(),
        Purpose = Any<OrderPurpose>(),
        OriginId = Id(),
        TriggerId = Coin() ? Id() : null,
        Child = _random.Next(1, 5),
        TradingDay = Day(),
        Reason = Maybe(Text()),
        VenueOrderId = Maybe(Text()),
        Replay = Coin(),
        PendingChange = Coin() ? new(new(Number()), Coin() ? new(Number()) : null, Day()) : null,
        CreatedAt = Time(),
        UpdatedAt = Time(),
    };

    public StoredLimits Limits(AccountId account, Symbol? symbol) => new(
        Id(), account, symbol,
        new()
        {
            MaxOrderVolume = new(Number()), MaxOrderSize = Number(), MaxPosition = new(Number()), MaxPositionPerSymbol = Number(), PriceBand = new(0.02m), PriceBandTicks = 1 + _random.Next(100),
            MaxTotalExposure = symbol is null ? Number() : null, MaxDailyTrades = symbol is null ? 1 + _random.Next(100) : null, MaxDailyLoss = symbol is null ? Number() : null,
            DuplicateWindow = symbol is null ? TimeSpan.FromSeconds(2.5) : null, MaxOrdersPerSecond = symbol is null ? 20 : null, MaxOrdersPerMinute = symbol is null ? 300 : null,
        },
        Time());

    public StrategyInstance Strategy() => new()
    {
        Id = Id(), Name = "s" + _random.Next(), Definition = "sma-cross", AccountId = Account, Symbols = [Symbol(), QuantDash.Core.Primitives.Symbol.ParseCanonical("CZCE.TA2505")], BarLength = Timeframe.Minutes(5),
        Parameters = new Dictionary<string, string> { ["fast"] = "5", ["note"] = Text() }, Mode = Any<StrategyMode>(), Priority = _random.Next(-5, 5),
        Schedule = Coin() ? StrategySchedule.Always : StrategySchedule.Between(new(9, 30), new(2, 15)), IsActive = Coin(), CreatedAt = Time(), UpdatedAt = Time(),
    };

    public StrategyRun Run(StrategyInstance strategy) => new()
    {
        Id = Id(), InstanceId = strategy.Id, Definition = strategy.Definition, Version = "built-in", Mode = strategy.Mode, AccountId = Account, Parameters = strategy.Parameters, State = Any<StrategyRunState>(),
        Reason = Maybe(Text()), StartedAt = Time(), EndedAt = Coin() ? Time() : null, RealisedPnl = Exact(), Signals = _random.Next(9), Fills = _random.Next(9),
    };

    public StrategySignal Signal(StrategyInstance strategy) => new()
    {
        Id = Id(), InstanceId = strategy.Id, RunId = Id(), StrategyName = strategy.Name, Number = 1 + _random.Next(9), AccountId = Account, Symbol = Symbol(), TriggerTime = Time(), TriggerCondition = "bar 5m 11-20 10:35",
        TriggerPrice = MaybePrice(), Action = Any<SignalAction>(), Side = Any<OrderSide>(), Offset = Any<Offset>(), Type = Any<StrategyOrderType>(), Price = MaybePrice(), Volume = new(Number()), FilledVolume = new(Number()),
        AverageFillPrice = Coin() ? new(Exact()) : null, Result = Any<SignalResult>(), IsTriggered = Coin(), IsOver = Coin(), OrderId = Coin() ? ClientOrderId.For(Account, Day(), Id(), 1) : null, ErrorMessage = Maybe(Text()),
        ProblemCode = Coin() ? "strategy_paused" : null, ProblemValues = Coin() ? ["3", Text()] : [], UpdatedAt = Time(),
    };

    public StrategyBook Book(StrategyInstance strategy) => new()
    {
        InstanceId = strategy.Id, Symbol = Symbol(), Long = new(Number(), Number(), Exact()), Short = new(Number(), Number(), Exact()), Day = Coin() ? Day() : null, RealisedToday = Exact(), FeesToday = Exact(),
        FloatingAtStart = Exact(), RealisedTotal = Exact(), FeesTotal = Exact(),
    };

    public StrategyMemory Memory(StrategyInstance strategy) => new()
    {
        InstanceId = strategy.Id, Notes = new Dictionary<string, string> { ["bought"] = Text() }, Timers = Coin() ? [new("close", Time())] : [], Counters = new(Coin() ? Day() : null, 1, 2, 3, 4), UpdatedAt = Time(),
    };

    public PriceAlert Alert() => new()
    {
        Id = Id(), Source = new("bridge"), Symbol = Symbol(), Level = new(Number()), Direction = Any<AlertDirection>(), Repeats = Coin(), Note = Maybe(Text()), State = Any<AlertState>(), Times = _random.Next(3),
        ToldAt = Coin() ? Time() : null, ToldPrice = Coin() ? new(Exact()) : null, CreatedAt = Time(), UpdatedAt = Time(),
    };

    public HeldOrder HeldOrder() => new()
    {
        Id = Id(),
        Order = new(Account, Symbol(), Any<OrderPurpose>(), Any<Side>(), new(Number()), Any<OrderType>(), MaybePrice()) { TimeInForce = Any<TimeInForce>() },
        Kind = Any<HeldKind>(),
        Level = new(Number()),
        Comparison = Any<HeldComparison>(),
        PriceSource = Any<PriceSource>(),
        TradingDay = Coin() ? Day() : null,
        ValidUntil = Coin() ? Time() : null,
        State = Any<HeldState>(),
        Tries = _random.Next(3),
        OrderId = Coin() ? ClientOrderId.For(Account, Day(), Id(), 1) : null,
        SeenPrice = Coin() ? new(Exact()) : null,
        Reason = Maybe(Text()),
        Sequence = _random.Next(1, 1_000),
        CreatedAt = Time(),
        UpdatedAt = Time(),
    };

    public Fill Fill() => new()
    {
        TradeId = "T" + _random.Next(10),
        AccountId = Account,
        Symbol = Symbol(),
        TradingDay = Day(),
        Side = Any<OrderSide>(),
        Offset = Any<Offset>(),
        Price = new(Number()),
        Volume = new(Number()),
        OccurredAt = Time(),
        OrderId = Coin() ? new("QD1-1") : null,
    };

    public FillAccounting Accounting() => new() { Fee = Number(), RealisedPnl = MaybeNumber(), ClosePnl = MaybeNumber() };

    public CashFlow Flow() => new()
    {
        Id = Id(),
        AccountId = Account,
        Amount = new(Number(), Currency.Cny),
        TradingDay = Day(),
        OccurredAt = Time(),
        Note = Maybe(Text()),
    };

    public Funds Funds() => new()
    {
        AccountId = Account,
        Currency = Currency.Cny,
        TradingDay = Day(),
        Deposits = Number(),
        RealisedPnl = -Number(),
        Fees = Number(),
        FloatingPnl = MaybeNumber(),
        StaticEquity = Number(),
        ClosePnlToday = Number(),
        HoldingPnl = MaybeNumber(),
        FeesToday = Number(),
        CashFlowToday = Number(),
        Equity = MaybeNumber(),
        Margin = Number(),
        FrozenMargin = Number(),
        FrozenFees = Number(),
        Available = MaybeNumber(),
        RiskRatio = MaybeNumber(),
    };

    public TapeEvent Event(long number) => new()
    {
        Number = number,
        At = Time(),
        Severity = Any<TapeSeverity>(),
        Key = "lock.fired",
        Values = [Text(), Text()],
        AccountId = Coin() ? Account : null,
        Symbol = Coin() ? Symbol() : null,
        SubjectId = Coin() ? Id() : null,
    };

    public static PositionView Position(AccountId account, Contract contract, decimal longs, decimal shorts, decimal? longProfit, decimal? mark) => new()
    {
        AccountId = account,
        Contract = contract,
        Long = Leg(Side.Long, longs, longProfit),
        Short = Leg(Side.Short, shorts, null),
        Mark = mark is { } price ? new(price) : null,
        Margin = 100m,
    };

    private static LegView Leg(Side side, decimal volume, decimal? profit) => new()
    {
        Side = side,
        Volume = new(volume),
        TodayVolume = Volume.Zero,
        LockedVolume = Volume.Zero,
        LockableVolume = new(volume),
        ClosableVolume = new(volume),
        AverageOpenPrice = volume > 0 ? new Price(5000m) : null,
        FloatingPnl = profit,
        HoldingPnl = profit,
        Margin = 50m,
        OpenedAt = volume > 0 ? new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero) : null,
    };

    public Symbol Symbol() => QuantDash.Core.Primitives.Symbol.ParseCanonical(Symbols[_random.Next(Symbols.Length)]);

    private DateOnly Day() => new DateOnly(2021, 1, 4).AddDays(_random.Next(3));

    private string Text() => Texts[_random.Next(Texts.Length)];

    private bool Coin() => _random.Next(2) == 0;

    private string? Maybe(string text) => Coin() ? text : null;

    private decimal? MaybeNumber() => Coin() ? Number() : null;

    private Price? MaybePrice() => Coin() ? new(Number()) : null;

    private T Any<T>()
        where T : struct, Enum
        => Enum.GetValues<T>()[_random.Next(Enum.GetValues<T>().Length)];
}
