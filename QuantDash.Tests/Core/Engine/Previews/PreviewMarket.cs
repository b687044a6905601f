using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;

namespace QuantDash.Tests.Core.Engine.Previews;

/// <summary>A contract on a day whose terms matter, and a price it may have.</summary>
internal sealed record PreviewContract(string Name, DateTimeOffset FirstDay, decimal Price)
{
    /// <summary>10:01 in Beijing: every exchange trades, with a quarter of an hour to go.</summary>
    private static DateTimeOffset Morning(int month, int day) => new(2026, month, day, 2, 1, 0, TimeSpan.Zero);

    /// <summary>Larger side at once, age told, fees by money, close-today dearer or not; relief from the settlement on, fees by lot; the last week of a contract,
    /// without any relief; perpetuals.</summary>
    public static readonly IReadOnlyList<PreviewContract> All =
    [
        new("SHFE.rb2701", Morning(11, 18), 3500), new("SHFE.cu2701", Morning(11, 18), 80_000), new("CFFEX.IF2612", Morning(11, 18), 4500),
        new("CZCE.TA2701", Morning(11, 18), 5500), new("DCE.v2701", Morning(11, 18), 5000),
        new("SHFE.rb2611", Morning(11, 11), 3500), new("SHFE.cu2611", Morning(11, 11), 80_000),
        new("BINANCE.BTCUSDT", Morning(11, 21), 60_000), new("BINANCE.ETHUSDT", Morning(11, 18), 3000),
    ];

    public Symbol Symbol => Symbol.ParseCanonical(Name);
}

/// <summary>One account in the real engine at the simulated venue, with random legs of two days in one contract, some of it locked.</summary>
internal sealed class PreviewMarket
{
    private static readonly ContractCatalog Catalog = ContractCatalog.FromReferenceData(EngineHarness.Calendar);
    private readonly SeededRandom _random;
    private DateTimeOffset _clock;
    private decimal _price;

    public PreviewMarket(PreviewContract item, ulong seed)
    {
        (_random, _clock) = (new(seed), item.FirstDay);
        Contract = Catalog.Find(item.Symbol, DateOnly.FromDateTime(item.FirstDay.UtcDateTime))!;
        _price = item.Price;
        var leg = item.Price * Contract.Multiplier * Contract.VolumeStep * 0.1m;
        // Every third account is a poor one: it may not be able to pay.
        Account = Harness.Account(seed % 3 == 0 ? leg * _random.Whole(5, 40) : 100_000_000m, currency: Contract.Currency);
        Trade(settlement: null);
        _clock = item.FirstDay.AddDays(1);
        Trade(settlement: _price + Ticks(-9, 9));
    }

    public EngineHarness Harness { get; } = new();
    public Contract Contract { get; }
    public AccountId Account { get; }
    public SeededRandom Random => _random;
    public AccountView View => Harness.Snapshot.Accounts.Single();
    public Funds Funds => View.Funds;
    public PositionView? Position => View.Positions.SingleOrDefault();
    public IEnumerable<Fill> Fills => Harness.Journal.Changes.OfType<JournalChange.FillAdded>().Select(change => change.Fill);

    /// <summary>The quote a preview is made on, and what its orders then meet.</summary>
    public Quote Quote { get; private set; } = null!;

    public Volume Lots(long from, long to) => new(_random.Whole(from, to) * Contract.VolumeStep);

    public decimal Ticks(long from, long to) => _random.Whole(from, to) * Contract.PriceTick;

    /// <summary>A new price, a spread, and little or much on each side.</summary>
    public void Move()
    {
        _price += Ticks(-20, 20);
        Show(new(_price, _price - Ticks(1, 3), _price + Ticks(1, 3), Lots(1, 6), _random.Chance(0.5) ? Lots(1, 6) : new(1000)));
    }

    /// <summary>The last price stays: what is traded meanwhile moves no mark.</summary>
    public void Show(Quote quote, decimal? settlement = null)
    {
        _clock = _clock.AddMilliseconds(500);
        Quote = quote;
        Harness.Tick(Contract.Symbol, new RawTick
        {
            Timestamp = _clock,
            LastPrice = (double)quote.Last,
            BidPrice = (double)quote.Bid,
            BidVolume = (double)quote.BidVolume.Value,
            AskPrice = (double)quote.Ask,
            AskVolume = (double)quote.AskVolume.Value,
            PreSettlement = (double?)settlement,
        }).ShouldBe(TickReject.None);
    }

    /// <summary>Until nothing works any more: the side each order takes comes to its limit, with <paramref name="depth"/> at a time.</summary>
    public void FillTheRest(Volume depth)
    {
        var first = Quote;
        for (var turn = 0; turn < 400 && Harness.Snapshot.Orders is [var order, ..]; turn++)
        {
            var at = order.LimitPrice?.Value;
            Show(order.Side == OrderSide.Sell
                ? first with { Bid = at ?? first.Bid, BidVolume = depth, Ask = Math.Max(first.Ask, (at ?? 0) + Contract.PriceTick) }
                : first with { Ask = at ?? first.Ask, AskVolume = depth, Bid = Math.Min(first.Bid, (at ?? first.Ask) - Contract.PriceTick) });
        }
        Harness.Snapshot.Orders.ShouldBeEmpty();
    }

    private void Trade(decimal? settlement)
    {
        for (var i = _random.Whole(1, 4); i > 0; i--)
        {
            _price += Ticks(-9, 9);
            Show(new(_price, _price - Contract.PriceTick, _price + Contract.PriceTick, new(1000), new(1000)), settlement);
            var side = _random.Chance(0.5) ? Side.Long : Side.Short;
            Place(new(Account, Contract.Symbol, OrderPurpose.Open, side, Lots(1, 6), OrderType.Limit, new(_price + (3 * Contract.PriceTick * side.Sign()))));
            if (Position is not { } held || !_random.Chance(0.4)) continue;
            var leg = held.NetVolume > 0 ? held.Long : held.Short;
            if (leg.LockableVolume.IsZero) continue;
            Place(new(Account, Contract.Symbol, OrderPurpose.Lock, leg.Side, Volume.Min(Lots(1, 4), leg.LockableVolume), OrderType.Limit, new(_price - (3 * Contract.PriceTick * leg.Side.Sign()))));
        }
    }

    private void Place(OrderRequest request)
    {
        Harness.Engine.PlaceOrder(request, _clock).Problems.ShouldBeEmpty();
        Harness.Commit();
    }
}

/// <summary>What a tick shows.</summary>
internal sealed record Quote(decimal Last, decimal Bid, decimal Ask, Volume BidVolume, Volume AskVolume)
{
    public decimal Opposing(OrderSide side) => side == OrderSide.Buy ? Ask : Bid;
}
