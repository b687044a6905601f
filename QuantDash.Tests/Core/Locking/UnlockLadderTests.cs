using FsCheck;
using FsCheck.Fluent;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Orders;
using QuantDash.Tests.Core.Positions;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Locking;

/// <summary>The ladder table and the preview of an unlock against the books themselves: futures with and without single-side relief, and a perpetual.</summary>
public sealed class UnlockLadderTests
{
    private static readonly Contract[] Contracts =
    [
        Rebar(), Rebar(singleSide: SingleSideMargin.Never), Ta(), Gold(),
        Contract("BINANCE.BTCUSDT", 0.1m, 1m, 0.05m, new(OfMoney(0.0004m), OfMoney(0.0004m), OfMoney(0.0004m)), assetClass: AssetClass.Perpetual, volumeStep: 0.001m),
        Contract("CFFEX.IF2506", 0.2m, 300m, 0.12m, new(OfMoney(0.000023m), OfMoney(0.000023m), OfMoney(0.00023m)), SingleSideMargin.RealTime),
    ];

    /// <summary>2 lots long at 3400, held overnight, and short at 3500 today: worked by hand for rebar (10 t a lot, fee 0.01 %).</summary>
    [Fact]
    public void Row_OfAWorkedCase_ShowsItsFigures()
    {
        var rb = Rebar();
        var pair = new UnlockLadder(rb, rb.Product.Terms[0].Fees,
            new(Side.Long, new(2), 2 * 3400m, [(Volume.Zero, new(2))]), new(Side.Short, new(2), 2 * 3500m, [(new(2), Volume.Zero)]));
        var row = pair.Over([new Price(3460)]).ShouldHaveSingleItem();
        row.Long.Result.ShouldBe((60 * 2 * 10) - 6.92m);
        row.Short.Result.ShouldBe((40 * 2 * 10) - 6.92m);
        row.Both.ShouldBe(2000 - 13.84m);
        row.Long.BreakEven.ShouldBe(new Price(3559), "1193.08 earned; at 3559 the short leg costs 1180 and a fee of 7.12, at 3560 it would be 1200");
        row.Short.BreakEven.ShouldBe(new Price(3361), "793.08 earned; at 3361 the long leg costs 780 and a fee of 6.72, at 3360 it would be 800");
    }

    [Fact]
    public void Grid_StaysInsideTheLimitsAndAboveZero()
    {
        var grid = UnlockLadder.Grid(Rebar(), new Price(3500), 4, 10, lowerLimit: 3480, upperLimit: 3525);
        grid.Select(price => price.Value).ShouldBe([3520m, 3510m, 3500m, 3490m, 3480m]);
        UnlockLadder.Grid(Rebar(), new Price(15), 4, 10).Select(price => price.Value).ShouldBe([55m, 45m, 35m, 25m, 15m, 5m]);
    }

    [Fact]
    public void UnknownOpenPrice_LeavesResultsUnknown()
    {
        var rb = Rebar();
        var pair = new UnlockLadder(rb, rb.Product.Terms[0].Fees, new(Side.Long, new(2), null, []), new(Side.Short, new(2), 7000m, []));
        var row = pair.Over([new Price(3460)])[0];
        (row.Long.Result, row.Long.BreakEven, row.Both).ShouldBe((null, null, null));
        row.Short.Result.ShouldNotBeNull();
        row.Short.BreakEven.ShouldBeNull();
    }

    /// <summary>Grid equals brute-force re-simulation: closing in the books at each price gives the row's result, and the break-even is the first price that does.</summary>
    [Fact]
    public void Rows_AreWhatTheBooksGive() => Prop.ForAll((int seed) =>
    {
        var item = Case.Of(seed);
        var (books, held, price) = item.Lock();
        var preview = Preview(item.Contract, books, held, price, UnlockLegs.Both, new(item.Lots * item.Contract.VolumeStep));
        foreach (var row in preview.Ladder)
        {
            row.Long.Result.ShouldBe(Closed(item.Contract, books, held, row.Price, Side.Long));
            row.Short.Result.ShouldBe(Closed(item.Contract, books, held, row.Price, Side.Short));
            row.Both.ShouldBe(Closed(item.Contract, books, held, row.Price, Side.Long, Side.Short));
            if (row.Long.BreakEven is not { } level) continue;
            (row.Long.Result + Closed(item.Contract, books, held, level, Side.Short)).ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(0);
            (row.Long.Result + Closed(item.Contract, books, held, new(level.Value + item.Contract.PriceTick), Side.Short)).ShouldNotBeNull().ShouldBeLessThan(0);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(100_000));

    /// <summary>The preview's figures equal what the ledger shows after the fill, whichever legs are closed.</summary>
    [Fact]
    public void Preview_IsWhatTheBooksShowAfterwards() => Prop.ForAll((int seed) =>
    {
        var item = Case.Of(seed);
        var (legs, lots) = ((UnlockLegs)(Math.Abs(seed) % 3), 1 + (Math.Abs(seed) / 3 % 9));
        var (books, held, price) = item.Lock();
        var volume = new Volume(Math.Min(lots, item.Lots) * item.Contract.VolumeStep);
        var preview = Preview(item.Contract, books, held, price, legs, volume);
        var (before, net) = (books.Funds, Net(books, item.Contract));
        foreach (var leg in preview.Legs)
        {
            var shown = leg.DisplayedVolume;
            foreach (var part in preview.Parts.Where(part => part.Leg == leg.Leg))
            {
                foreach (var line in OrderPreviewTests.Lines(part.Volume, ref shown))
                {
                    var fill = books.Fill(item.Contract, leg.OrderSide, part.Offset, line.Value, leg.ExpectedPrice!.Value.Value);
                    books.Ledger.Book(fill, item.Contract, item.Contract.Product.Terms[0], includeLocked: true, part.Lots);
                }
            }
        }
        var after = books.Funds;
        preview.After!.Equity.ShouldBe(after.Equity);
        preview.After.Margin.ShouldBe(after.Margin);
        preview.After.Available.ShouldBe(after.Available);
        preview.FeeNow.ShouldBe(after.Fees - before.Fees);
        preview.RealisedProfit.ShouldBe(after.RealisedPnl - before.RealisedPnl);
        preview.AddsExposure.ShouldBe(Math.Abs(Net(books, item.Contract)) > Math.Abs(net));
        var left = held.Bindings.Select(binding => binding with { Volume = Left(books, binding) }).Where(binding => !binding.Volume.IsZero);
        if (legs == UnlockLegs.Both) preview.FrozenAfter.ShouldBe(Frozen(books, item.Contract, left));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(100_000));

    private static decimal Net(TestBooks books, Contract contract) =>
        books.Ledger.Leg(contract.Symbol, Side.Long).Volume.Value - books.Ledger.Leg(contract.Symbol, Side.Short).Volume.Value;

    private static Volume Left(TestBooks books, LotBinding binding)
    {
        var symbol = books.Ledger.Symbols.Count == 0 ? default : books.Ledger.Symbols[0];
        return books.Ledger.Symbols.Count == 0 ? Volume.Zero : books.Ledger.Leg(symbol, binding.Side).Lots.FirstOrDefault(lot => lot.Id == binding.LotId)?.LockedVolume ?? Volume.Zero;
    }

    private static decimal? Frozen(TestBooks books, Contract contract, IEnumerable<LotBinding> bindings)
    {
        var all = bindings.ToList();
        return (books.Ledger.CostOf(all.Where(b => b.Side == Side.Short)) - books.Ledger.CostOf(all.Where(b => b.Side == Side.Long))) * contract.Multiplier;
    }

    private static decimal Closed(Contract contract, TestBooks books, PositionLock held, Price price, params Side[] sides)
    {
        var (trial, earned) = (books.Ledger.Copy(), 0m);
        foreach (var side in sides)
        {
            foreach (var part in UnlockPlanner.Plan(held, side, held.Covered, trial.Leg(contract.Symbol, side), contract.Product.Terms[0], trial.TradingDay))
            {
                var booked = trial.Book(books.Fill(contract, side.ClosingOrder(), part.Offset, part.Volume.Value, price.Value), contract, contract.Product.Terms[0], includeLocked: true, part.Lots);
                earned += booked.Accounting.RealisedPnl!.Value - booked.Accounting.Fee;
            }
        }
        return earned;
    }

    private static UnlockPreview Preview(Contract contract, TestBooks books, PositionLock held, decimal price, UnlockLegs legs, Volume volume)
    {
        contract.TryTicks(new Price(price), out var ticks).ShouldBeTrue();
        var tick = new Tick { OccurredAt = Morning, ReceivedAt = Morning, LastTicks = ticks, BidTicks = ticks - 1, AskTicks = ticks + 1, BidVolume = 2, AskVolume = 2 };
        var request = new UnlockRequest(PositionSamples.Account.Id, contract.Symbol, held.Id, legs, volume, OrderType.Market);
        return UnlockPreviewBuilder.Build(request, [(held, volume)], books.Ledger, contract, contract.Product.Terms[0], tick);
    }

    /// <summary>A lock over <paramref name="Lots"/> volume steps, of which <paramref name="Older"/> were held over a settlement, beside lots of no lock.</summary>
    internal sealed record Case(Contract Contract, int Lots, int Older, int First, int Second, int Seed)
    {
        public static Case Of(int seed)
        {
            var random = new Random(seed);
            var lots = random.Next(1, 10);
            return new(Contracts[random.Next(Contracts.Length)], lots, random.Next(0, lots + 1), random.Next(-60, 61), random.Next(-60, 61), seed);
        }

        public (TestBooks Books, PositionLock Lock, decimal Price) Lock()
        {
            var random = new Random(Seed);
            var books = new TestBooks(100_000_000m, Contract);
            var centre = decimal.Round((Contract.Product.Class == AssetClass.Perpetual ? 60_000m : 4_000m) / Contract.PriceTick) * Contract.PriceTick;
            Open(books, Older, centre + (First * Contract.PriceTick), centre + (Second * Contract.PriceTick));
            if (random.Next(2) == 0) books.Open(Contract, (Side)random.Next(2), Contract.VolumeStep, centre);
            books.Settle((Contract, centre + (random.Next(-20, 21) * Contract.PriceTick)));
            Open(books, Lots - Older, centre + (Second * Contract.PriceTick), centre + (First * Contract.PriceTick));
            if (random.Next(2) == 0) books.Open(Contract, (Side)random.Next(2), Contract.VolumeStep, centre);
            var volume = new Volume(Lots * Contract.VolumeStep);
            var bindings = books.Ledger.BindLots(Contract.Symbol, Side.Long, volume).Bindings.Concat(books.Ledger.BindLots(Contract.Symbol, Side.Short, volume).Bindings);
            var price = centre + (random.Next(-50, 51) * Contract.PriceTick);
            books.Mark(Contract, price);
            return (books, Held(volume, [.. bindings]), price);
        }

        private void Open(TestBooks books, int lots, decimal longPrice, decimal shortPrice)
        {
            if (lots == 0) return;
            books.Open(Contract, Side.Long, lots * Contract.VolumeStep, longPrice);
            books.Open(Contract, Side.Short, lots * Contract.VolumeStep, shortPrice);
        }

        private PositionLock Held(Volume volume, IReadOnlyList<LotBinding> bindings) => new()
        {
            Id = Guid.NewGuid(), AccountId = PositionSamples.Account.Id, Symbol = Contract.Symbol, LockedSide = Side.Long, Status = LockStatus.Active, Volume = volume,
            Ratio = Ratio.One, LockPrice = null, Fees = 0, Bindings = bindings, CreatedAt = Morning, UpdatedAt = Morning,
        };
    }
}
