using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Sandbox;
using QuantDash.Tests.Core.Backtesting;

namespace QuantDash.Tests.Core.Strategies.Sandbox;

/// <summary>A tick may be dropped on its way because a later one is known: nothing else that it would have told is lost with it.</summary>
public sealed class DroppedTickTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void WhatATickTells_IsToldAgain_WhetherItCameThroughOrNot(bool firstComes, bool secondComes)
    {
        var seen = new List<string>();
        var guest = new StrategyGuest([BacktestSamples.Definition(() => new Seeing(seen))]);
        var (desk, remote) = (new Host(), new StrategyRemote("scripted", new Dictionary<string, string>()));
        guest.Answer(remote.Start(desk));

        var made = desk.Order(5, handle: 0);
        desk.LastTicks = 1001;
        var order = remote.Order(desk, made).ToArray();
        guest.Answer(order);
        made.FilledVolume = 1m;
        desk.LastTicks = 1002;
        Send(remote.Tick(desk, desk, desk.TickOf(1002)), firstComes);
        (made.FilledVolume, made.State) = (2m, StrategyOrderState.Filled);
        desk.LastTicks = 1003;
        Send(remote.Tick(desk, desk, desk.TickOf(1003)), secondComes);
        guest.Answer(remote.Bar(desk, desk, desk.BarOf(1003)));

        seen[^1].ShouldBe("last 1003, 0 working, order filled 2 Filled");

        void Send(ReadOnlyMemory<byte> request, bool comes)
        {
            if (comes) guest.Answer(request);
        }
    }

    [Fact]
    public void HostsOrder_FirstToldWithATickThatIsDropped_IsToldWithTheNextEvent()
    {
        var seen = new List<string>();
        var guest = new StrategyGuest([BacktestSamples.Definition(() => new Seeing(seen))]);
        var (desk, remote) = (new Host(), new StrategyRemote("scripted", new Dictionary<string, string>(), looksForOrders: true));
        guest.Answer(remote.Start(desk));
        desk.Order(5, handle: 0);
        remote.Tick(desk, desk, desk.TickOf(1000));
        guest.Answer(remote.Bar(desk, desk, desk.BarOf(1000)));
        seen[^1].ShouldBe("last 0, 1 working, order none");
    }

    private sealed class Host : OneInstrument;

    private sealed class Seeing(List<string> seen) : Strategy
    {
        private StrategyOrder? _order;

        public override void OnOrder(IStrategyContext context, StrategyOrder order) => _order = order;

        public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar) =>
            seen.Add($"last {instrument.LastTicks}, {instrument.WorkingOrders.Count} working, order {(_order is null ? "none" : $"filled {_order.FilledVolume:0} {_order.State}")}");
    }
}
