using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Positions;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Orders;

public sealed class OrderPreviewTests
{
    /// <summary>The worked case of PEERS.md 4.1: 10 rb long at 3,400, now 3,500, settled at 3,480, margin 13 %, open fee 0.01 %.</summary>
    [Fact]
    public void Lock_OfTheWorkedCase_ShowsItsFigures()
    {
        var rb = Rebar(margin: 0.13m);
        var books = HeldOvernight(rb, 10, 3400, 3480);
        var preview = Build(books, rb, OrderPurpose.Lock, Side.Long, 10, limit: 3495, last: 3500, bid: 3500, ask: 3501);

        preview.OrderSide.ShouldBe(OrderSide.Sell);
        preview.Offsets.ShouldBe([new PlannedOffset(Offset.Open, new Volume(10))]);
        preview.ExpectedPrice.ShouldBe(new Price(3500));
        preview.SlippageTicks.ShouldBe(0m);
        preview.FrozenProfit.ShouldBe(10_000m);
        preview.FrozenTicks.ShouldBe(100m);
        preview.Before.Margin.ShouldBe(45_240m);
        preview.After!.Margin.ShouldBe(45_500m);
        preview.After.MarginWithoutRelief.ShouldBe(90_740m);
        preview.FreezeMargin.ShouldBe(3495m * 10 * 10 * 0.13m);
        preview.FreezeIsCovered.ShouldBe(true);
        preview.FeeNow.ShouldBe(35m);
        preview.Before.NetVolume.ShouldBe(10m);
        preview.Before.MoneyPerTick.ShouldBe(100m);
        preview.After.NetVolume.ShouldBe(0m);
        preview.After.MoneyPerTick.ShouldBe(0m);
        preview.UnwindFeeLater.ShouldBe(70m);
    }

    [Fact]
    public void Lock_WithoutTheFullLegsMargin_SaysThatTheFreezeIsNotCovered()
    {
        var rb = Rebar();
        var books = new TestBooks(3000m, rb);
        books.Open(rb, Side.Long, 1, 3700);
        var preview = Build(books, rb, OrderPurpose.Lock, Side.Long, 1, null, 3700, 3700, 3701);
        preview.FreezeMargin.ShouldBe(2590m);
        preview.FreezeIsCovered.ShouldBe(false);
        preview.After!.Available.ShouldBe(3000m - 2590m - 3.7m - 3.7m, "with relief the lock itself costs nothing");
    }

    /// <summary>Lock and unwind later against closing today, with the opening fee already paid (DOMAIN.md 2.3).</summary>
    [Theory]
    [MemberData(nameof(StatementTests.LockOrClose), MemberType = typeof(StatementTests))]
    public void Choices_CompareFees(Contract contract, decimal price, decimal lockFees, decimal closeFees)
    {
        var books = new TestBooks(10_000_000m, contract);
        var paid = books.Open(contract, Side.Long, 1, price).Accounting.Fee;
        var choices = Build(books, contract, OrderPurpose.Lock, Side.Long, 1, null, price, price, price + contract.PriceTick).Choices;

        (choices.Single(c => c.Kind == PreviewChoiceKind.Lock).FeesTogether + paid).ShouldBe(lockFees);
        (choices.Single(c => c.Kind == PreviewChoiceKind.Close).FeesTogether + paid).ShouldBe(closeFees);
    }

    [Fact]
    public void Choices_ShowWhatEachLeavesBehind()
    {
        var rb = Rebar();
        var books = HeldOvernight(rb, 10, 3400, 3480);
        var choices = Build(books, rb, OrderPurpose.Close, Side.Long, 4, null, 3500, 3500, 3501).Choices;

        choices.Select(c => c.Profit).ShouldBe([4000m, 4000m, 4000m]);
        choices.Select(c => c.After!.NetVolume).ShouldBe([6m, 6m, 10m]);
        choices.Select(c => c.After!.MoneyPerTick).ShouldBe([60m, 60m, 100m]);
        choices[1].After!.Margin.ShouldBe(6 * 3480m * 10 * 0.07m);
    }

    [Fact]
    public void ExpectedPrice_IsAveragedOverTheDisplayedDepth_RestAtTheLimit()
    {
        var books = HeldOvernight(Rebar(), 10, 3400, 3480);
        var preview = Build(books, Rebar(), OrderPurpose.Lock, Side.Long, 10, limit: 3495, last: 3500, bid: 3499, ask: 3501, bidVolume: 6);
        preview.DisplayedVolume.ShouldBe(new Volume(6));
        preview.ExpectedPrice.ShouldBe(new Price(((6 * 3499m) + (4 * 3495m)) / 10));
        preview.SlippageTicks.ShouldBe(2.6m);
    }

    [Fact]
    public void LimitNobodyMeets_WouldRest()
    {
        var preview = Build(HeldOvernight(Rebar(), 10, 3400, 3480), Rebar(), OrderPurpose.Close, Side.Long, 10, limit: 3520, last: 3500, bid: 3499, ask: 3501);
        preview.WouldRest.ShouldBeTrue();
        preview.ExpectedPrice.ShouldBe(new Price(3520));
    }

    [Fact]
    public void Close_WhereTodayIsTold_IsPlannedByAge()
    {
        var rb = Rebar();
        var books = HeldOvernight(rb, 2, 3400, 3480);
        books.Open(rb, Side.Long, 3, 3490);
        var preview = Build(books, rb, OrderPurpose.Close, Side.Long, 4, null, 3500, 3500, 3501);
        preview.Offsets.ShouldBe([new(Offset.CloseYesterday, new Volume(2)), new(Offset.CloseToday, new Volume(2))]);
    }

    [Fact]
    public void Close_OfMoreThanIsFree_PlansTheFreePart()
    {
        var rb = Rebar();
        var books = HeldOvernight(rb, 5, 3400, 3480);
        books.Ledger.BindLots(rb.Symbol, Side.Long, new Volume(3));
        Build(books, rb, OrderPurpose.Close, Side.Long, 5, null, 3500, 3500, 3501).PlannedVolume.ShouldBe(new Volume(2));
    }

    [Fact]
    public void UnknownOpenPrice_LeavesProfitUnknown()
    {
        var rb = Rebar();
        var books = new TestBooks(100_000m, rb);
        books.Ledger.AdoptLeg(rb, Side.Long, new Volume(3), null, null, Day, Morning);
        var preview = Build(books, rb, OrderPurpose.Lock, Side.Long, 3, null, 3500, 3500, 3501);
        preview.FrozenProfit.ShouldBeNull();
        preview.After!.Available.ShouldBeNull();
        preview.FreezeIsCovered.ShouldBeNull();
        preview.FeeNow.ShouldBe(10.5m);
    }

    [Fact]
    public void NoQuote_LeavesEverythingAboutThePriceUnknown()
    {
        var rb = Rebar();
        var books = HeldOvernight(rb, 5, 3400, 3480);
        var preview = OrderPreviewBuilder.Build(Request(rb, OrderPurpose.Lock, Side.Long, 5, null), books.Ledger, rb, rb.Product.Terms[0], default);
        preview.ExpectedPrice.ShouldBeNull();
        preview.After.ShouldBeNull();
        preview.FeeNow.ShouldBeNull();
        preview.FreezeMargin.ShouldBeNull();
        preview.Choices[0].Profit.ShouldBeNull();
    }

    /// <summary>Random books and orders: what was shown is what the books show once it has filled at the expected price.</summary>
    [Fact]
    public void Preview_IsWhatTheBooksShowAfterwards()
    {
        for (var seed = 1; seed <= 400; seed++)
        {
            var random = new Random(seed);
            var contract = random.Next(2) == 0 ? Rebar() : Ta();
            var (books, price) = RandomBooks(random, contract);
            var purpose = (OrderPurpose)random.Next(3);
            var side = (Side)random.Next(2);
            var preview = Build(books, contract, purpose, side, random.Next(1, 6), null, price, price - contract.PriceTick, price + contract.PriceTick, random.Next(0, 4));
            var net = preview.Before.NetVolume;
            preview.Before.Equity.ShouldBe(books.Funds.Equity);

            var (fees, realised) = (books.Funds.Fees, books.Funds.RealisedPnl);
            var shown = preview.DisplayedVolume;
            foreach (var part in preview.Offsets)
                foreach (var line in Lines(part.Volume, ref shown)) books.Trade(contract, preview.OrderSide, part.Offset, line.Value, preview.ExpectedPrice!.Value.Value);
            var after = books.Funds;
            var why = $"seed {seed}: {preview.Request}";
            preview.After!.Equity.ShouldBe(after.Equity, why);
            preview.After.Margin.ShouldBe(after.Margin, why);
            preview.After.Available.ShouldBe(after.Available, why);
            preview.After.RiskRatio.ShouldBe(after.RiskRatio, why);
            preview.FeeNow.ShouldBe(after.Fees - fees, why);
            (preview.After.NetVolume - net).ShouldBe(preview.PlannedVolume.Value * (preview.OrderSide == OrderSide.Buy ? 1 : -1), why);
            if (purpose == OrderPurpose.Close && preview.PlannedVolume == preview.Request.Volume)
                preview.Choices.Single(c => c.Kind == PreviewChoiceKind.Close).Profit.ShouldBe(after.RealisedPnl - realised, why);
        }
    }

    /// <summary>What is displayed trades first, the rest when more is there: a fee line each.</summary>
    internal static List<Volume> Lines(Volume volume, ref Volume? shown)
    {
        var here = Volume.Min(shown ?? volume, volume);
        shown -= here;
        return [.. new[] { here, volume - here }.Where(line => !line.IsZero)];
    }

    private static (TestBooks Books, decimal Price) RandomBooks(Random random, Contract contract)
    {
        var books = new TestBooks(1_000_000m, contract);
        var price = 5000m;
        for (var day = 0; day < 2; day++)
        {
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                price += contract.PriceTick * random.Next(-5, 6);
                books.Open(contract, (Side)random.Next(2), random.Next(1, 4), price);
            }
            if (day == 0) books.Settle((contract, price + contract.PriceTick));
        }
        books.Ledger.BindLots(contract.Symbol, (Side)random.Next(2), new Volume(random.Next(0, 3)));
        books.Mark(contract, price);
        return (books, price);
    }

    private static TestBooks HeldOvernight(Contract contract, decimal volume, decimal price, decimal settlement)
    {
        var books = new TestBooks(200_000m, contract);
        books.Open(contract, Side.Long, volume, price);
        books.Settle((contract, settlement));
        return books;
    }

    private static OrderRequest Request(Contract contract, OrderPurpose purpose, Side side, decimal volume, decimal? limit) => new(
        PositionSamples.Account.Id, contract.Symbol, purpose, side, new Volume(volume), limit is null ? OrderType.Market : OrderType.Limit, limit is { } price ? new Price(price) : null);

    private static OrderPreview Build(
        TestBooks books, Contract contract, OrderPurpose purpose, Side side, decimal volume, decimal? limit, decimal last, decimal bid, decimal ask, decimal bidVolume = 0)
    {
        books.Mark(contract, last);
        var tick = new Tick
        {
            OccurredAt = Morning,
            ReceivedAt = Morning,
            LastTicks = (long)(last / contract.PriceTick),
            BidTicks = (long)(bid / contract.PriceTick),
            AskTicks = (long)(ask / contract.PriceTick),
            BidVolume = bidVolume,
        };
        return OrderPreviewBuilder.Build(Request(contract, purpose, side, volume, limit), books.Ledger, contract, contract.Product.Terms[0], tick);
    }
}
