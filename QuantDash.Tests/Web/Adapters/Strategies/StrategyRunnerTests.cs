using System.Collections.Concurrent;
using System.Diagnostics;
using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Tests.Core.Strategies.Sandbox;

namespace QuantDash.Tests.Web.Adapters.Strategies;

/// <summary>A strategy in its process, told by a host that never waits.</summary>
public sealed class StrategyRunnerTests(LiveStrategies strategies) : IClassFixture<LiveStrategies>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly UserStrategyFolder _folder = strategies.Folder;

    [Fact]
    public async Task Bars_AreAllToldInOrder_AndAnsweredLater()
    {
        var desk = await StartAsync("teller");
        for (var i = 1; i <= 300; i++) desk.Bar(1000 + i);
        await desk.UntilAsync(() => desk.Lines.Count(line => line.StartsWith("bar", StringComparison.Ordinal)) == 300);
        desk.Lines.Where(line => line.StartsWith("bar", StringComparison.Ordinal)).ShouldBe(Enumerable.Range(1, 300).Select(i => $"bar {1000 + i}"));
        var placed = desk.Actions.OfType<StrategyAction.Place>().First();
        (placed.Handle, placed.Symbol, placed.Side, placed.Volume, placed.Type, placed.PriceTicks).ShouldBe((1L, Symbol.ParseCanonical("US.SPY"), OrderSide.Buy, 2m, StrategyOrderType.Limit, 1100L));
        desk.Actions.OfType<StrategyAction.Note>().Last().ShouldBe(new StrategyAction.Note("bars", "300"));
        desk.Failure.ShouldBeNull();
        desk.End();
    }

    [Fact]
    public async Task Orders_FindTheirWayBack_ByHandleAndByNumber()
    {
        var desk = await StartAsync("teller");
        for (var i = 1; i <= 100; i++) desk.Bar(1000 + i);
        await desk.UntilAsync(() => desk.Actions.OfType<StrategyAction.Place>().Any());
        var own = desk.Order(1, handle: 1);
        desk.Fill(own, 1m);
        var moved = desk.Order(2, handle: 0);
        desk.Change(moved, StrategyOrderState.Working);
        await desk.UntilAsync(() => desk.Actions.OfType<StrategyAction.Cancel>().Count() == 2);
        desk.Lines.ShouldContain("fill 1 of 2, 1 filled, its own True");
        desk.Actions.OfType<StrategyAction.Cancel>().ShouldBe([new(1), new(0, 2)]);
        desk.End();
    }

    [Fact]
    public async Task Ticks_ThatComeTooFast_AreTheLatestOnly_AndNobodyWaits()
    {
        var desk = await StartAsync("slow");
        var clock = Stopwatch.StartNew();
        for (var i = 1; i <= 5000; i++) desk.Tick(1000 + i);
        desk.Bar(1);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), "telling is writing down, whatever the strategy does");
        await desk.UntilAsync(() => desk.Lines.Contains("bar 1") && desk.Lines.Contains("tick 6000"));
        desk.Lines.Count(line => line.StartsWith("tick", StringComparison.Ordinal)).ShouldBeLessThan(200);
        desk.End();
    }

    [Theory]
    [InlineData("loops", "It did not answer within 3 s: it was killed.")]
    [InlineData("throws", "System.InvalidOperationException: the fourth bar")]
    [InlineData("exits", "Its process ended by itself with code 7.")]
    [InlineData("loops-at-start", "It did not answer within 18 s: it was killed.")]
    public async Task Failure_IsToldOnce_AndNobodyWaits(string name, string reason)
    {
        var desk = await StartAsync(name, waitsForStart: false);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 10; i++) desk.Bar(1000);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2.5));
        await desk.UntilAsync(() => desk.Failure is not null);
        desk.Failure!.Split('\n')[0].ShouldBe(reason);
        for (var i = 0; i < 10; i++) desk.Bar(1000);
        desk.End();
        desk.Failures.ShouldBe(1);
    }

    [Fact]
    public async Task Stop_IsToldBeforeTheEnd_AndTheProcessGoes()
    {
        var desk = await StartAsync("teller");
        desk.Stop();
        desk.End();
        await desk.UntilAsync(() => desk.Lines.Contains("stopped"));
        desk.Failure.ShouldBeNull();
    }

    private async Task<Desk> StartAsync(string name, bool waitsForStart = true)
    {
        var definition = await _folder.DefinitionAsync(name);
        var desk = new Desk((IStrategyRunner)definition.Create(definition.Bind([]).Value));
        if (waitsForStart) await desk.UntilAsync(() => desk.Lines.Contains("started"));
        return desk;
    }

    /// <summary>The side of the engine, and what was answered.</summary>
    private sealed class Desk : OneInstrument, IStrategyAnswers
    {
        private readonly IStrategyRunner _runner;
        private readonly ConcurrentQueue<StrategyAction> _actions = [];
        private int _failures;

        public Desk(IStrategyRunner runner)
        {
            _runner = runner;
            runner.Connect(this);
            runner.OnStart(this);
        }

        public IReadOnlyList<StrategyAction> Actions => [.. _actions];
        public IReadOnlyList<string> Lines => [.. _actions.OfType<StrategyAction.Log>().Select(line => line.Message)];
        public string? Failure { get; private set; }
        public int Failures => Volatile.Read(ref _failures);

        public void Bar(long close) => _runner.OnBar(this, this, BarOf(close));

        public void Tick(long last)
        {
            LastTicks = last;
            _runner.OnTick(this, this, TickOf(last));
        }

        public void Fill(StrategyOrder order, decimal volume)
        {
            order.FilledVolume += volume;
            _runner.OnFill(this, new(order, 1000, volume, 0m, 0));
        }

        public void Change(StrategyOrder order, StrategyOrderState state)
        {
            order.State = state;
            _runner.OnOrder(this, order);
        }

        public void Stop() => _runner.OnStop(this);

        public void End() => _runner.Dispose();

        public async Task UntilAsync(Func<bool> holds)
        {
            var clock = Stopwatch.StartNew();
            while (!holds())
            {
                if (clock.Elapsed > Patience) throw new TimeoutException($"{Failure} {string.Join('\n', Lines.TakeLast(20))}");
                await Task.Delay(20);
            }
        }

        void IStrategyAnswers.Act(StrategyAction action) => _actions.Enqueue(action);

        void IStrategyAnswers.Fail(string reason)
        {
            Failure = reason;
            Interlocked.Increment(ref _failures);
        }
    }
}

/// <summary>Compiled once for all tests.</summary>
public sealed class LiveStrategies : IAsyncLifetime
{
    internal UserStrategyFolder Folder { get; } = new();

    public async Task InitializeAsync()
    {
        await Folder.AddAsync("Bad", UserStrategySources.Bad);
        await Folder.AddAsync("Live", UserStrategySources.Live);
    }

    public Task DisposeAsync()
    {
        Folder.Dispose();
        return Task.CompletedTask;
    }
}
