using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine.Previews;

/// <summary>The preview's figures equal what the ledger shows after the fill: random legs, locks, quotes and orders, executed by the real engine at the simulated
/// venue; futures with single-side relief at once, from the settlement, and without, and perpetuals.</summary>
public sealed class PreviewPropertyTests
{
    private const int Seeds = 120;
    private const string NoFunds = "资金不足";

    public static TheoryData<string> Names => [.. PreviewContract.All.Select(item => item.Name)];

    /// <summary>Open, lock and close: displayed volume at once, the rest in one piece at its limit.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Order_DoesWhatItsPreviewSaid(string name)
    {
        var seen = new HashSet<(OrderPurpose, bool)>();
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var market = Market(name, seed);
            var request = Request(market);
            var trial = new PreviewTrial(market, $"{name} {seed}: {request}");
            var preview = market.Harness.Engine.Preview(request, EngineHarness.Wall).Value;
            market.Harness.Engine.PlaceOrder(request, EngineHarness.Wall).Problems.ShouldBeEmpty(trial.Why);
            market.Harness.Commit();
            if (request.Purpose != OrderPurpose.Close) (trial.Rejected == NoFunds).ShouldBe(preview.FreezeIsCovered == false, trial.Why);
            if (trial.Rejected is not null) continue;
            market.FillTheRest(new(1000));
            trial.Booked(preview.After!, preview.FeeNow, Shown(preview));
            trial.Slipped(preview.OrderSide, preview.SlippageTicks);
            if (request.Purpose == OrderPurpose.Lock) trial.Near(market.Harness.Journal.Changes.OfType<QuantDash.Core.Engine.JournalChange.LockSaved>().Last().Lock.FrozenProfit, preview.FrozenProfit, "frozen");
            seen.Add((request.Purpose, preview.WouldRest));
        }
        seen.Count.ShouldBe(6, "open, lock and close, at once and resting");
    }

    /// <summary>What is left over comes in many small trades: every one is a fee line of its own, rounded by itself, and nothing else differs.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Order_FilledInManyPieces_DiffersByTheRoundingOfItsFeesAlone(string name)
    {
        for (var seed = 1UL; seed <= Seeds / 4; seed++)
        {
            var market = Market(name, seed);
            var request = Request(market);
            var trial = new PreviewTrial(market, $"{name} {seed}: {request}");
            var preview = market.Harness.Engine.Preview(request, EngineHarness.Wall).Value;
            market.Harness.Engine.PlaceOrder(request, EngineHarness.Wall).Problems.ShouldBeEmpty(trial.Why);
            market.Harness.Commit();
            if (trial.Rejected is not null) continue;
            market.FillTheRest(new(market.Contract.VolumeStep));
            trial.Booked(preview.After!, preview.FeeNow, Shown(preview), tolerance: 0.005m * (2 + trial.Fills.Count));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Unlock_DoesWhatItsPreviewSaid(string name)
    {
        var seen = new HashSet<UnlockLegs>();
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var market = Market(name, seed);
            if (market.Harness.Snapshot.Locks is not [var held, ..]) continue;
            var request = UnlockRequest(market, held);
            var trial = new PreviewTrial(market, $"{name} {seed}: {request}");
            var preview = market.Harness.Engine.Locks.PreviewUnlock(request, EngineHarness.Wall).Value;
            var unlocked = market.Harness.Engine.Locks.Unlock(request, EngineHarness.Wall);
            unlocked.Succeeded.ShouldBe(preview is not { AddsExposure: true, IsCovered: false }, trial.Why);
            if (!unlocked.Succeeded) continue;
            market.Harness.Commit();
            market.FillTheRest(new(1000));
            trial.Booked(preview.After!, preview.FeeNow, preview.RealisedProfit);
            foreach (var leg in preview.Legs) trial.Slipped(leg.OrderSide, leg.SlippageTicks);
            var left = market.Harness.Snapshot.Locks.SingleOrDefault(other => other.Id == held.Id);
            trial.Near(left?.FrozenProfit ?? 0m, preview.FrozenAfter, "frozen");
            seen.Add(request.Legs);
        }
        seen.Count.ShouldBe(3, "each leg and both");
    }

    /// <summary>By hand: 0.5 BTC long at 60,000, last 61,000, 20 times leverage, 0.05 % for who takes and 0.02 % for who waits. A lock relieves nothing.</summary>
    [Fact]
    public void Perpetual_LockOfAWorkedCase_ShowsItsFigures()
    {
        var (harness, btc) = (new EngineHarness(), Symbol.ParseCanonical("BINANCE.BTCUSDT"));
        var at = new DateTimeOffset(2026, 11, 21, 2, 0, 0, TimeSpan.Zero);
        var account = harness.Account(10_000m, currency: Currency.Usdt);
        harness.Tick(btc, at, 60_000, 59_999.9, 60_000);
        harness.Engine.PlaceOrder(new(account, btc, OrderPurpose.Open, Side.Long, new(0.5m), OrderType.Market, null), at).Problems.ShouldBeEmpty();
        harness.Commit();
        harness.Tick(btc, at.AddSeconds(1), 60_000, 59_999.9, 60_000);
        harness.Tick(btc, at.AddSeconds(2), 61_000, 61_000, 61_000.1, depth: 0.2);
        var order = new OrderRequest(account, btc, OrderPurpose.Lock, Side.Long, new(0.5m), OrderType.Limit, new Price(60_990));
        var preview = harness.Engine.Preview(order, at).Value;
        (preview.Before.Margin, preview.Before.Equity).ShouldBe((1525m, 10_000m - 15m + 500m));
        (preview.After!.Margin, preview.After.MarginWithoutRelief, preview.FreezeMargin).ShouldBe((3050m, 3050m, 1524.75m));
        preview.FeeNow.ShouldBe((61_000m * 0.2m * 0.0005m) + (60_990m * 0.3m * 0.0002m), "0.3 wait at the limit");
        (preview.FrozenProfit, preview.SlippageTicks).ShouldBe(((0.2m * 1000) + (0.3m * 990), 60m));
        preview.UnwindFeeLater.ShouldBe(2 * 0.5m * 60_994 * 0.0005m);
        preview.After.MoneyPerTick.ShouldBe(0m);
    }

    private static PreviewMarket Market(string name, ulong seed)
    {
        var market = new PreviewMarket(PreviewContract.All.Single(item => item.Name == name), seed);
        market.Move();
        return market;
    }

    private static decimal? Shown(OrderPreview preview) => preview.Request.Purpose == OrderPurpose.Close && preview.PlannedVolume == preview.Request.Volume
        ? preview.Choices.Single(choice => choice.Kind == PreviewChoiceKind.Close).Profit
        : null;

    /// <summary>Something that can be asked for: of a leg that has nothing for it, more of the leg.</summary>
    private static OrderRequest Request(PreviewMarket market)
    {
        var (random, contract) = (market.Random, market.Contract);
        var side = random.Chance(0.5) ? Side.Long : Side.Short;
        var purpose = (OrderPurpose[])[OrderPurpose.Open, OrderPurpose.Lock, OrderPurpose.Close];
        var wanted = purpose[random.Whole(0, 2)];
        var leg = side == Side.Long ? market.Position?.Long : market.Position?.Short;
        var most = wanted switch { OrderPurpose.Lock => leg?.LockableVolume, OrderPurpose.Close => leg?.ClosableVolume, _ => null } ?? Volume.Zero;
        if (most.IsZero) wanted = OrderPurpose.Open;
        var volume = wanted == OrderPurpose.Open ? market.Lots(1, 9) : Volume.Min(market.Lots(1, 9), most);
        var order = new OrderRequest(market.Account, contract.Symbol, wanted, side, volume, OrderType.Market, null);
        var takesMarket = contract.Product.Terms[^1].LargestMarketOrder != 0;
        if (takesMarket && random.Chance(0.3)) return order;
        var away = random.Chance(0.3) ? -market.Ticks(1, 4) : market.Ticks(0, 4);
        var limit = market.Quote.Opposing(order.OrderSide) + (order.OrderSide == OrderSide.Buy ? away : -away);
        return order with { Type = OrderType.Limit, LimitPrice = new Price(limit) };
    }

    private static UnlockRequest UnlockRequest(PreviewMarket market, PositionLock held)
    {
        var volume = Volume.Min(market.Lots(1, 6), held.Covered);
        var legs = (UnlockLegs)market.Random.Whole(0, 2);
        return new(market.Account, market.Contract.Symbol, held.Id, legs, volume, OrderType.Limit,
            new Price(market.Quote.Bid - market.Ticks(0, 3)), new Price(market.Quote.Ask + market.Ticks(0, 3)));
    }
}
