using FsCheck;
using FsCheck.Fluent;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Engine;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Positions;

/// <summary>Max favourable and adverse excursion: PTA, tick 2, 5 t a lot, so that one tick of ten lots is 100.</summary>
public sealed class LegExcursionTests
{
    [Fact]
    public void Leg_RemembersItsBestAndItsWorst_UntilItIsFlat()
    {
        var desk = new PtaDesk(10);
        desk.Tick(5520);
        desk.Tick(5470);
        desk.Tick(5500);
        Of(desk).ShouldBe(new LegExcursion(1000m, 10m, -1500m, -15m));
        desk.Harness.Hold(desk.Account, PtaDesk.Pta);
        desk.Harness.Hold(desk.Account, PtaDesk.Pta, longVolume: 2, longPrice: 5500);
        desk.Tick(5504);
        Of(desk).ShouldBe(new LegExcursion(40m, 2m, 0m, 0m), "another leg, another story");
    }

    [Fact]
    public void Kill_ForgetsNothingThatWasStored()
    {
        var desk = new PtaDesk(10);
        desk.Tick(5530);
        desk.Harness.Engine.OnTimer(EngineHarness.Wall.AddSeconds(5));
        desk.Harness.Commit();
        desk.Kill();
        desk.Tick(5500);
        Of(desk).ShouldBe(new LegExcursion(1500m, 15m, 0m, 0m));
    }

    [Fact]
    public void Mark_AllocatesNothing()
    {
        var contract = Ta();
        var books = new TestBooks(1_000_000m, contract);
        books.Open(contract, Side.Long, 3, 5400m);
        books.Ledger.Mark(contract.Symbol, 2700);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) books.Ledger.Mark(contract.Symbol, 2600 + i);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    /// <summary>Any series of ticks, opens and closes, read at any times: the same as looking at what the lots are worth after every single one.</summary>
    [Fact]
    public void Excursion_OfAnySeries_IsThatOfLookingEveryTime() => Prop.ForAll(
        (NonEmptyArray<byte> steps) =>
        {
            var contract = Ta();
            var books = new TestBooks(100_000_000m, contract);
            var (most, least, ticks) = (0m, 0m, 2700L);
            books.Ledger.Mark(contract.Symbol, ticks);
            foreach (var step in steps.Get)
            {
                var leg = books.Ledger.Leg(contract.Symbol, Side.Short);
                if (step % 8 == 6) books.Open(contract, Side.Short, 1 + (step / 64), contract.PriceAt(ticks - (step % 3)).Value);
                else if (step % 8 == 7 && !leg.Volume.IsZero) books.Close(contract, Side.Short, Math.Min(leg.Volume.Value, 1 + (step / 64)), contract.PriceAt(ticks).Value);
                else books.Ledger.Mark(contract.Symbol, ticks += (step % 21) - 10);
                leg = books.Ledger.Leg(contract.Symbol, Side.Short);
                (most, least) = leg.Volume.IsZero ? (0m, 0m) : (Math.Max(most, leg.FloatingPnl(contract.PriceAt(ticks))!.Value), Math.Min(least, leg.FloatingPnl(contract.PriceAt(ticks))!.Value));
                if (step % 5 == 0) books.Ledger.ExcursionOf(contract.Symbol, Side.Short);
            }
            var seen = books.Ledger.ExcursionOf(contract.Symbol, Side.Short);
            (seen?.Favourable ?? 0m, seen?.Adverse ?? 0m).ShouldBe((most, least));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static LegExcursion? Of(PtaDesk desk) => desk.Harness.Snapshot.Accounts[0].Positions[0].Long.Excursion;
}
