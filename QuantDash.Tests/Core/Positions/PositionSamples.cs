using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Positions;

/// <summary>Contracts with the terms a test states, and an account's books with short words to trade in them.</summary>
internal static class PositionSamples
{
    public static readonly DateOnly Day = new(2023, 2, 15);
    public static readonly DateTimeOffset Morning = new(2023, 2, 15, 1, 30, 0, TimeSpan.Zero);

    public static readonly Account Account = new()
    {
        Id = new AccountId(new Guid("11111111-2222-3333-4444-555555555555")),
        Name = "Test",
        Venue = VenueKind.Simulated,
        Currency = Currency.Cny,
        Source = new SourceName("test"),
        CreatedAt = Morning,
    };

    public static FeeRate PerLot(decimal yuan) => new(FeeBasis.ByVolume, yuan);

    public static FeeRate OfMoney(decimal ratio) => new(FeeBasis.ByMoney, ratio);

    public static Contract Contract(
        string symbol, decimal priceTick, decimal multiplier, decimal margin, FeeSchedule fees, SingleSideMargin singleSide = SingleSideMargin.Never,
        bool distinguishesToday = false, string? group = null, AssetClass assetClass = AssetClass.Future, decimal volumeStep = 1m)
    {
        var parsed = Symbol.ParseCanonical(symbol);
        return new()
        {
            Symbol = parsed,
            PriceTick = priceTick,
            Product = new Product
            {
                Exchange = parsed.Exchange,
                Code = parsed.Code,
                ChineseName = parsed.Code,
                EnglishName = parsed.Code,
                Class = assetClass,
                Currency = Currency.Cny,
                Multiplier = multiplier,
                VolumeStep = volumeStep,
                HoldsBothSides = true,
                Sessions = new SessionPlan { UtcOffset = TimeSpan.FromHours(8), DayAuctions = [], Day = [], NightAuctions = [], Night = [], Always = true },
                Terms =
                [
                    new ContractTerms
                    {
                        EffectiveFrom = new DateOnly(2000, 1, 1),
                        PriceTick = priceTick,
                        LongMargin = new Ratio(margin),
                        ShortMargin = new Ratio(margin),
                        Fees = fees,
                        DistinguishesToday = distinguishesToday,
                        SingleSide = singleSide,
                        MarginGroup = group ?? symbol,
                        LargestLimitOrder = 500,
                        LargestMarketOrder = 200,
                    },
                ],
            },
        };
    }

    /// <summary>郑商所 PTA as the seeds trade it: tick 2, 5 t a lot, 3 yuan a lot, closing today free.</summary>
    public static Contract Ta(decimal margin = 0.07m) => Contract("CZCE.TA2505", 2m, 5m, margin, new(PerLot(3), PerLot(3), PerLot(0)), SingleSideMargin.AtSettlement);

    public static Contract Gold(string symbol = "SHFE.au2308") => Contract(
        symbol, 0.02m, 1000m, 0.14m, new(PerLot(2), PerLot(2), PerLot(0)), SingleSideMargin.RealTime, distinguishesToday: true, group: "SHFE.au");

    public static Contract Silver(string symbol = "SHFE.ag2306") => Contract(
        symbol, 1m, 15m, 0.19m, new(OfMoney(0.00001m), OfMoney(0.00001m), OfMoney(0)), SingleSideMargin.RealTime, distinguishesToday: true, group: "SHFE.ag");

    public static Contract Rebar(string symbol = "SHFE.rb1801", SingleSideMargin singleSide = SingleSideMargin.RealTime, decimal margin = 0.07m) => Contract(
        symbol, 1m, 10m, margin, new(OfMoney(0.0001m), OfMoney(0.0001m), OfMoney(0.0001m)), singleSide, distinguishesToday: true, group: "SHFE.rb");
}

/// <summary>The books of <see cref="PositionSamples.Account"/> over given contracts.</summary>
internal sealed class TestBooks
{
    private readonly Dictionary<Symbol, Contract> _contracts;
    private int _trades;

    public TestBooks(decimal deposit, params Contract[] contracts)
    {
        _contracts = contracts.ToDictionary(contract => contract.Symbol);
        Ledger = new(PositionSamples.Account, new() { AccountId = PositionSamples.Account.Id, Currency = Currency.Cny }, [], Find, TermsOn);
        Ledger.Deposit(Flow(deposit));
    }

    public AccountLedger Ledger { get; }
    public DateOnly Day { get; private set; } = PositionSamples.Day;
    public Funds Funds => Ledger.Funds();

    public Contract Find(Symbol symbol) => _contracts[symbol];

    public static ContractTerms TermsOn(Contract contract, DateOnly day) => contract.Product.TermsOn(day);

    public CashFlow Flow(decimal amount) => new()
    {
        Id = Guid.NewGuid(),
        AccountId = PositionSamples.Account.Id,
        Amount = new(amount, Currency.Cny),
        TradingDay = Day,
        OccurredAt = PositionSamples.Morning,
    };

    public Fill Fill(Contract contract, OrderSide side, Offset offset, decimal volume, decimal price) => new()
    {
        TradeId = $"T{++_trades}",
        AccountId = PositionSamples.Account.Id,
        Symbol = contract.Symbol,
        TradingDay = Day,
        Side = side,
        Offset = offset,
        Price = new(price),
        Volume = new(volume),
        OccurredAt = PositionSamples.Morning.AddSeconds(_trades),
    };

    public FillBooked Trade(Contract contract, OrderSide side, Offset offset, decimal volume, decimal price, bool includeLocked = false) =>
        Ledger.Book(Fill(contract, side, offset, volume, price), contract, TermsOn(contract, Day), includeLocked);

    public FillBooked Open(Contract contract, Side side, decimal volume, decimal price) => Trade(contract, side.OpeningOrder(), Offset.Open, volume, price);

    public FillBooked Close(Contract contract, Side side, decimal volume, decimal price, Offset offset = Offset.Close, bool includeLocked = false) =>
        Trade(contract, side.ClosingOrder(), offset, volume, price, includeLocked);

    public void Mark(Contract contract, decimal price)
    {
        contract.TryTicks(new Price(price), out var ticks).ShouldBeTrue();
        Ledger.Mark(contract.Symbol, ticks);
    }

    public DaySettled Settle(params (Contract Contract, decimal Price)[] prices)
    {
        var next = Day.AddDays(1);
        var settled = Ledger.Settle(Day, next, prices.ToDictionary(p => p.Contract.Symbol, p => new Price(p.Price)));
        Day = next;
        return settled;
    }
}
