using QuantDash.Core.Markets;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Markets;

public sealed class SaleTests
{
    private static readonly Tick Before = new() { OccurredAt = SampleSnapshot.Now, ReceivedAt = SampleSnapshot.Now, LastTicks = 100, BidTicks = 99, AskTicks = 101, DayVolume = 50, OpenInterest = 1000 };

    [Theory]
    [InlineData(101, 4, 4, 1, SaleNature.BothOpen)]
    [InlineData(101, 4, 2, 1, SaleNature.LongOpen)]
    [InlineData(99, 4, 2, -1, SaleNature.ShortOpen)]
    [InlineData(99, 4, -4, -1, SaleNature.BothClose)]
    [InlineData(99, 4, -2, -1, SaleNature.LongClose)]
    [InlineData(101, 4, -2, 1, SaleNature.ShortClose)]
    [InlineData(101, 4, 0, 1, SaleNature.LongTurnover)]
    [InlineData(99, 4, 0, -1, SaleNature.ShortTurnover)]
    [InlineData(100, 0, 0, 0, SaleNature.None)]
    public void Tick_AfterAnother_HasVolumeDirectionAndKind(long last, int volume, int interest, int direction, SaleNature nature)
    {
        var sale = Sale.After(Before, Sale.First(Before), Before with { LastTicks = last, DayVolume = 50 + volume, OpenInterest = 1000 + interest }, sameDay: true);
        (sale.Number, sale.Volume, sale.OpenInterest, sale.Direction, sale.Nature).ShouldBe((2L, (decimal?)volume, (decimal?)interest, direction, nature));
    }

    [Fact]
    public void Tick_FirstOfADay_HasNoVolumeOfItsOwn()
    {
        var sale = Sale.After(Before, Sale.First(Before), Before with { DayVolume = 3 }, sameDay: false);
        (sale.Volume, sale.OpenInterest, sale.Nature).ShouldBe((null, null, SaleNature.None));
    }

    [Fact]
    public void Tick_BetweenBidAndAsk_GoesAsThePriceMoved_ElseAsTheSaleBefore()
    {
        var wide = Before with { BidTicks = 90, AskTicks = 110 };
        var up = Sale.After(wide, Sale.First(wide), wide with { LastTicks = 102 }, sameDay: true);
        up.Direction.ShouldBe(1);
        Sale.After(wide with { LastTicks = 102 }, up, wide with { LastTicks = 102 }, sameDay: true).Direction.ShouldBe(1);
    }
}
