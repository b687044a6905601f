using QuantDash.Core.Backtesting;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Backtesting;

public sealed class BlockLogTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1_040)]
    [InlineData(1_041)]
    [InlineData(5_000)]
    public void Log_GivesBackWhatWasAdded_InOrder(int count)
    {
        var log = new BlockLog<BacktestTrade>();
        for (var i = 0; i < count; i++) log.Add(Trade(i));

        log.Count.ShouldBe(count);
        log.Select(trade => trade.EntryBar).ShouldBe(Enumerable.Range(0, count));
        for (var i = 0; i < count; i++) log[i].EntryBar.ShouldBe(i);
        Should.Throw<ArgumentOutOfRangeException>(() => log[count]);
        Should.Throw<ArgumentOutOfRangeException>(() => log[-1]);
    }

    [Fact]
    public void Log_GivenARecordAgain_HasTheLaterOneInItsPlace()
    {
        var log = new BlockLog<BacktestTrade>();
        for (var i = 0; i < 1_100; i++) log.Add(Trade(i));

        (log[3], log[1_050]) = (Trade(-3), Trade(-1_050));

        (log.Count, log[3].EntryBar, log[4].EntryBar, log[1_050].EntryBar, log[1_051].EntryBar).ShouldBe((1_100, -3, 4, -1_050, 1_051));
    }

    private static BacktestTrade Trade(int bar) => new()
    {
        Side = Side.Long, Volume = 1m, EntryBar = bar, EntryTicks = 1, EntryOrder = 1, ExitBar = bar, ExitTicks = 1, ExitOrder = 2, Pnl = 0m, Fee = 0m, LowTicks = 1, HighTicks = 1,
    };
}
