using System.Globalization;
using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Web.Features.Strategies;
using Offset = QuantDash.Core.Orders.Offset;

namespace QuantDash.Tests.Support;

/// <summary>Strategies in the middle of the sample's morning: one that runs and holds, one that broke, one that was never started.</summary>
internal static class SampleStrategies
{
    public static readonly Guid Trend = new("00000000-0000-4000-8000-000000000901");
    public static readonly Guid Broken = new("00000000-0000-4000-8000-000000000902");
    public static readonly Guid Idle = new("00000000-0000-4000-8000-000000000903");

    public static EngineSnapshot In(EngineSnapshot snapshot) => snapshot with { Strategies = [Running(snapshot.At), Failed(snapshot.At), Stopped(snapshot.At)] };

    public static StrategyView Running(DateTimeOffset now) => new()
    {
        Instance = Instance(Trend, "PTA trend", "sma-cross", SampleSnapshot.Pta.Symbol, StrategyMode.Paper, now) with { Parameters = new Dictionary<string, string> { ["fast"] = "5" } },
        State = StrategyRunState.Running,
        Run = Run(Trend, "sma-cross", StrategyRunState.Running, now),
        Currency = Currency.Cny,
        PnlToday = 1_240m,
        PnlTotal = -310m,
        Books =
        [
            new(
                new()
                {
                    InstanceId = Trend, Symbol = SampleSnapshot.Pta.Symbol, Long = new(3m, 3m, 3 * 5650m),
                },
                new Price(5690m), 600m),
        ],
        Working = [Signal(7, SignalResult.Pending, now.AddMinutes(-1)) with { Offset = Offset.Open, Type = StrategyOrderType.Limit, Price = new(5640m) }],
        Signals = [Signal(7, SignalResult.Pending, now.AddMinutes(-1)) with { Type = StrategyOrderType.Limit, Price = new(5640m) }, Signal(6, SignalResult.Success, now.AddMinutes(-20)), Refused(now)],
        Counters = new(new DateOnly(2026, 11, 20), Signals: 7, Orders: 6, Fills: 5, Refused: 1),
        Log = [new(now.AddMinutes(-3), "average crossed")],
        Equity = [new(now.AddHours(-1), 0m), new(now.AddMinutes(-30), -200m), new(now, 1_240m)],
        ChangesAtRestart = true,
    };

    public static StrategyView Failed(DateTimeOffset now) => new()
    {
        Instance = Instance(Broken, "Gold grid", "grid", SampleSnapshot.Gold.Symbol, StrategyMode.Live, now),
        State = StrategyRunState.Failed,
        Run = Run(Broken, "grid", StrategyRunState.Failed, now) with { Reason = "division by zero", EndedAt = now.AddMinutes(-5) },
        Currency = Currency.Cny,
        PnlToday = -80m,
        PnlTotal = -80m,
        Counters = new(null),
    };

    public static StrategyView Stopped(DateTimeOffset now) => new()
    {
        Instance = Instance(Idle, "Opening list", "opening-buyer", SampleSnapshot.Pvc.Symbol, StrategyMode.Shadow, now),
        State = StrategyRunState.Stopped,
        Currency = Currency.Cny,
        PnlToday = 0m,
        PnlTotal = 0m,
        Counters = new(null),
    };

    public static StrategySignal Signal(int number, SignalResult result, DateTimeOffset at) => new()
    {
        Id = new($"00000000-0000-4000-8000-0000000{number:D5}"),
        InstanceId = Trend,
        RunId = Trend,
        StrategyName = "PTA trend",
        Number = number,
        AccountId = SampleSnapshot.Demo,
        Symbol = SampleSnapshot.Pta.Symbol,
        TriggerTime = at,
        TriggerCondition = "bar 1m 11-20 10:41",
        TriggerPrice = new(5688m),
        Action = SignalAction.Buy,
        Side = OrderSide.Buy,
        Offset = Offset.Open,
        Type = StrategyOrderType.Market,
        Volume = new(3m),
        FilledVolume = new(result == SignalResult.Success ? 3m : 0m),
        AverageFillPrice = result == SignalResult.Success ? new(5690m) : null,
        Result = result,
        UpdatedAt = at,
    };

    private static StrategySignal Refused(DateTimeOffset now) => Signal(5, SignalResult.Failed, now.AddMinutes(-30)) with
    {
        TriggerCondition = "tick", ErrorMessage = "策略已暂停", ProblemCode = "strategy_paused",
    };

    private static StrategyInstance Instance(Guid id, string name, string definition, Symbol symbol, StrategyMode mode, DateTimeOffset now) => new()
    {
        Id = id, Name = name, Definition = definition, AccountId = SampleSnapshot.Demo, Symbols = [symbol], BarLength = Timeframe.Minutes(1), Mode = mode, CreatedAt = now.AddDays(-1), UpdatedAt = now.AddDays(-1),
    };

    private static StrategyRun Run(Guid instance, string definition, StrategyRunState state, DateTimeOffset now) => new()
    {
        Id = instance, InstanceId = instance, Definition = definition, Version = StrategyDefinition.BuiltIn, Mode = StrategyMode.Paper, AccountId = SampleSnapshot.Demo,
        Parameters = new Dictionary<string, string> { ["fast"] = "10" }, State = state, StartedAt = now.AddHours(-1), RealisedPnl = 640m, Fills = 5,
    };
}

/// <summary>Keeps what pages asked for, and answers with what a test wants.</summary>
internal sealed class SampleStrategyControls : IStrategyControls
{
    public List<(Guid? Id, StrategyRequest Request)> Saved { get; } = [];
    public List<(Guid Id, StrategyDeed Deed)> Done { get; } = [];
    public List<Problem> Refusals { get; } = [];
    public Outcome<IReadOnlyList<Symbol>> WatchList { get; set; } = Outcome<IReadOnlyList<Symbol>>.Failure("watch_list", "watch_list_empty");
    public IReadOnlyList<StrategyDefinition> Definitions => BuiltInStrategies.All;

    public Outcome<StrategyRequest> Check(StrategyDraft draft) => draft.Read(new BuiltInDefinitions(), Resolve);

    public Outcome<IReadOnlyList<Symbol>> ReadWatchList(string text) => WatchList;

    public Task<Outcome<StrategyInstance>> SaveAsync(Guid? id, StrategyRequest request)
    {
        Saved.Add((id, request));
        return Task.FromResult(Refusals.Count > 0 ? Outcome<StrategyInstance>.Failure(Refusals) : Outcome<StrategyInstance>.Success(SampleStrategies.Running(SampleSnapshot.Now).Instance));
    }

    public Task<IReadOnlyList<Problem>> DoAsync(Guid id, StrategyDeed deed)
    {
        Done.Add((id, deed));
        return Task.FromResult<IReadOnlyList<Problem>>([.. Refusals]);
    }

    private static Outcome<Contract> Resolve(string text, string field) =>
        new[] { SampleSnapshot.Pta, SampleSnapshot.Pvc, SampleSnapshot.Gold }.FirstOrDefault(contract => contract.Symbol.ToString() == text || contract.Symbol.Code == text) is { } contract
            ? Outcome<Contract>.Success(contract)
            : Outcome<Contract>.Failure(field, "unknown_symbol", text);
}

/// <summary>A store of trigger records and runs that a test fills.</summary>
internal sealed class SampleStrategyArchive : IStrategyArchive
{
    public List<StrategySignal> Signals { get; } = [];
    public List<StrategyRun> Runs { get; } = [];

    public Task<Page<StrategySignal>> SignalsAsync(SignalFilter filter, PageRequest page, CancellationToken stop)
    {
        var from = page.Cursor is { } cursor ? int.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        var wanted = Signals.Where(filter.Wants).Order(filter.Order).ToList();
        var rest = from + page.Limit < wanted.Count ? $"{from + page.Limit}" : null;
        return Task.FromResult(new Page<StrategySignal>([.. wanted.Skip(from).Take(page.Limit)], rest));
    }

    public Task<IReadOnlyList<StrategyRun>> RunsAsync(Guid instance, int most, CancellationToken stop) => Task.FromResult<IReadOnlyList<StrategyRun>>([.. Runs.Where(run => run.InstanceId == instance)]);
}
