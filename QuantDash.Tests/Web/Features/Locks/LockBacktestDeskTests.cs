using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Locks.Backtests;

namespace QuantDash.Tests.Web.Features.Locks;

/// <summary>Lock backtests as jobs of their own: limits, cancelling, and what is remembered.</summary>
public sealed class LockBacktestDeskTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly LockBacktestRig _rig = new(5500, 5560, 5600, 5720);

    [Fact]
    public async Task Waiting_TakenBack_IsCancelled_AndLeavesNothing()
    {
        using var gate = new ManualResetEventSlim();
        var busy = Enumerable.Range(0, 2).Select(_ => _rig.Lanes.RunAsync("busy", _ => gate.Wait(Patience))).ToList();
        var run = Start().Value;
        _rig.Desk.Cancel(run.Id).ShouldBeTrue();
        gate.Set();
        await Task.WhenAll(busy);
        var end = await EndOfAsync(run.Id);
        (end.State, end.Outcome).ShouldBe((LockBacktestState.Cancelled, null));
        _rig.Desk.Cancel(Guid.NewGuid()).ShouldBeFalse();
    }

    [Fact]
    public async Task Fifth_AtATime_IsRefused()
    {
        using var gate = new ManualResetEventSlim();
        var busy = Enumerable.Range(0, 2).Select(_ => _rig.Lanes.RunAsync("busy", _ => gate.Wait(Patience))).ToList();
        var begun = Enumerable.Range(0, LockBacktestDesk.MostRunning).Select(_ => Start().Value.Id).ToList();
        Start().Problems.ShouldHaveSingleItem().Code.ShouldBe("lock_backtest_busy");
        gate.Set();
        await Task.WhenAll(busy);
        foreach (var id in begun) (await EndOfAsync(id)).State.ShouldBe(LockBacktestState.Finished);
        Start().Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Oldest_AreForgotten()
    {
        var first = Start().Value.Id;
        await EndOfAsync(first);
        for (var i = 0; i < LockBacktestDesk.MostRemembered; i++) await EndOfAsync(Start().Value.Id);
        _rig.Desk.Find(first).ShouldBeNull();
        _rig.Desk.Runs.Count.ShouldBe(LockBacktestDesk.MostRemembered);
    }

    [Fact]
    public void MoreTicksThanAMinuteTakes_AreRefused()
    {
        var planner = new LockBacktestPlanner(new ManyTicks(), _rig.Bars, ContractCatalog.FromReferenceData(EngineHarness.Calendar), EngineHarness.Calendar);
        planner.Plan(Ask(), Snapshot).Problems.ShouldHaveSingleItem().Code.ShouldBe("lock_backtest_too_much");
    }

    [Fact]
    public void Stored_NamesTicksWithTheirDays() =>
        _rig.Desk.Stored(SampleSnapshot.Pta.Symbol).ShouldHaveSingleItem().ShouldBe(new StoredPrices(SampleSnapshot.Source, null, new(2025, 1, 6), new(2025, 1, 6), 4));

    /// <summary>Filled at 09:30:01 at 5558; a minute on it stands at 5600.</summary>
    [Fact]
    public async Task Judge_ReadsThePriceSomeTimeAfterTheFill()
    {
        var history = new OneFiring();
        var judge = new FiringJudge(history, _rig.Archive, ContractCatalog.FromReferenceData(EngineHarness.Calendar), EngineHarness.Calendar);
        var none = await judge.ReadAsync(new(), minutes: 1, Snapshot);
        none.Firings.ShouldHaveSingleItem().Later.ShouldBeNull("no tick of then is stored");

        LockBacktestRig.Store(_rig.Archive, SampleSnapshot.Source, [.. Enumerable.Repeat(5600m, 62), 5720m, 5730m], from: 5);
        var judged = (await judge.ReadAsync(new(), minutes: 1, Snapshot)).Firings.ShouldHaveSingleItem();
        (judged.Later, judged.Execution!.LockPrice.Value, judged.Contract!.Symbol).ShouldBe((new Price(5600), 5558m, SampleSnapshot.Pta.Symbol));
        FiringStatistics.Of([judged]).Regret.ShouldBe(42m * 10 * 5);
    }

    public void Dispose() => _rig.Dispose();

    private static EngineSnapshot Snapshot => SampleSnapshot.At(SampleSnapshot.Now);

    private static LockBacktestAsk Ask() => new() { Question = LockQuestion.Fire, Rule = Snapshot.Rules.Single(view => view.Rule.Id == SampleSnapshot.ProfitRule).Rule, Volume = new(10m), AtFirstTick = true };

    private Outcome<LockBacktestStatus> Start() => _rig.Desk.Start(Ask(), Snapshot);

    private async Task<LockBacktestStatus> EndOfAsync(Guid id)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var status in _rig.Desk.Find(id)!.WatchAsync(TimeSpan.Zero, TimeProvider.System, patience.Token))
        {
            if (status.IsOver) return status;
        }
        throw new TimeoutException();
    }

    private sealed class ManyTicks : ITickArchive
    {
        public IReadOnlyList<TickDay> Days(SourceName? source = null, Symbol? symbol = null) => [new(SampleSnapshot.Source, SampleSnapshot.Pta.Symbol, new(2025, 1, 6), 2m, LockBacktestPlanner.MostTicks + 1)];

        public IEnumerable<Tick> Read(SourceName source, Symbol symbol, DateOnly tradingDay) => [];

        public LastTick? Last(SourceName source, Symbol symbol) => null;

        public void Append(SourceName source, Contract contract, DateOnly tradingDay, ReadOnlySpan<Tick> ticks) => throw new NotSupportedException();

        public TicksForgotten Forget(DateTimeOffset untouchedSince, Action<double> tell, CancellationToken stop) => throw new NotSupportedException();

        public ITickStaging Stage(SourceName source) => throw new NotSupportedException();
    }

    private sealed class OneFiring : ILockHistory
    {
        private readonly LockTrigger _trigger = new()
        {
            Id = Guid.NewGuid(), ConfigId = SampleSnapshot.ProfitRule, AccountId = SampleSnapshot.Demo, Symbol = SampleSnapshot.Pta.Symbol, Direction = Side.Long, Condition = ConditionKind.Profit, TriggerCondition = "",
            TriggerPrice = new(5560), TickTimestamp = LockBacktestRig.Open.AddSeconds(1), LockVolume = new(10), Status = TriggerStatus.Executed, AutoExecute = true, TriggeredAt = LockBacktestRig.Open.AddSeconds(1),
            UpdatedAt = LockBacktestRig.Open,
        };

        public Task<LockTrigger?> TriggerAsync(Guid id, CancellationToken stop = default) => Task.FromResult<LockTrigger?>(_trigger);

        public Task<Page<LockTrigger>> TriggersAsync(LockFilter filter, PageRequest page, CancellationToken stop = default) => Task.FromResult(new Page<LockTrigger>([_trigger], null));

        public Task<Page<LockExecution>> ExecutionsAsync(LockFilter filter, PageRequest page, CancellationToken stop = default) => Task.FromResult(new Page<LockExecution>(
            [new() { Id = Guid.NewGuid(), TriggerId = _trigger.Id, LockId = null, AccountId = _trigger.AccountId, Symbol = _trigger.Symbol, Direction = Side.Long, LockVolume = new(10), LockPrice = new(5558), Fee = 0, Method = ExecutionMethod.Auto, ExecutedAt = LockBacktestRig.Open.AddSeconds(1) }], null));

        public Task<Page<PositionLock>> LocksAsync(LockFilter filter, PageRequest page, CancellationToken stop = default) => Task.FromResult(new Page<PositionLock>([], null));
    }
}
