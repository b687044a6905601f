using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Performance;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Engine;

namespace QuantDash.Tests.Core.Performance;

/// <summary>Three trading days of an account, with a lock, cash that comes and goes and two settlements; beside it the same money counted by hand from nothing
/// but trades and prices: cash paid and received, what is held at the latest price, fees by the schedule.</summary>
public sealed class ScriptedAccountTests
{
    private static readonly Symbol Pta = Symbol.Create("CZCE", "TA2701");
    private static readonly Symbol Rebar = Symbol.Create("SHFE", "rb2701");
    private static readonly DateTimeOffset Friday = new(2026, 11, 20, 1, 30, 0, TimeSpan.Zero);
    private readonly EngineHarness _harness = new();
    private readonly AccountId _account;
    private readonly Dictionary<Symbol, (decimal Held, decimal Last)> _books = [];
    private readonly List<(DateTimeOffset At, decimal Equity, decimal Deposits)> _byHand = [];
    private readonly Dictionary<DateOnly, decimal> _daysByHand = [];
    private decimal _paidIn = 500_000m;
    private decimal _cash;
    private decimal _fees;
    private DateTimeOffset _now = Friday;

    public ScriptedAccountTests() => _account = _harness.Account(_paidIn);

    [Fact]
    public void FundsCurve_OfThreeDays_IsWhatIsCountedByHandToTheCent()
    {
        Live();

        var points = _harness.Journal.Changes.OfType<JournalChange.EquityPointAdded>().Where(p => p.AccountId == _account).Select(p => EquitySample.Of(new(p.At, p.Funds))!.Value).ToList();
        foreach (var (at, equity, deposits) in _byHand)
            points.ShouldContain(p => p.At == at && decimal.Round(p.Equity, 2) == decimal.Round(equity, 2) && p.Deposits == deposits, $"at {at:O} it is {equity}, and the curve has {points.LastOrDefault(p => p.At <= at)}");
        _byHand.Count.ShouldBeGreaterThan(12);
    }

    [Fact]
    public void DailyResults_OfThreeDays_AreWhatIsCountedByHandToTheCent()
    {
        Live();

        var days = _harness.Journal.Changes.OfType<JournalChange.SettlementSaved>().Select(s => DailyResult.Of(s.Settlement.TradingDay, s.Settlement.Funds, settled: true)!).ToList();
        days.Select(d => (d.Day, decimal.Round(d.Pnl, 2))).ShouldBe(_daysByHand.Select(d => (d.Key, decimal.Round(d.Value, 2))));
        days.Select(d => d.NetCashFlow).ShouldBe([500_000m + 120_000m, -60_000m]);
        days[1].StartEquity.ShouldBe(days[0].EndEquity);
    }

    private void Live()
    {
        var began = 0m;
        Tick(Pta, 5500);
        Tick(Rebar, 3100);
        Trade(Pta, OrderPurpose.Open, Side.Long, 10, 5502, terms => terms.Fees.Open);
        Tick(Pta, 5560);
        Trade(Rebar, OrderPurpose.Open, Side.Long, 20, 3101, terms => terms.Fees.Open);
        Tick(Rebar, 3122);
        Trade(Pta, OrderPurpose.Open, Side.Short, 6, 5558, terms => terms.Fees.Open);
        Pay(120_000m);
        Tick(Pta, 5480);
        Trade(Rebar, OrderPurpose.Close, Side.Long, 5, 3121, terms => terms.Fees.CloseToday);
        Tick(Rebar, 3090);

        _now = Friday.AddDays(3);
        _daysByHand[new(2026, 11, 20)] = Settled((Pta, 5512m), (Rebar, 3090m)) - began - _paidIn;
        began = Settled((Pta, 5512m), (Rebar, 3090m));
        Tick(Pta, 5530, settled: 5512);
        Tick(Rebar, 3077);
        Trade(Rebar, OrderPurpose.Close, Side.Long, 8, 3076, terms => terms.Fees.Close);
        Pay(-60_000m);
        Tick(Pta, 5600);
        Trade(Pta, OrderPurpose.Close, Side.Short, 6, 5602, terms => terms.Fees.Close);
        Tick(Rebar, 3050);

        _now = Friday.AddDays(4);
        _daysByHand[new(2026, 11, 23)] = Settled((Pta, 5600m), (Rebar, 3064m)) - began + 60_000m;
        Tick(Rebar, 3066, settled: 3064);
        Tick(Pta, 5584);
        Trade(Pta, OrderPurpose.Close, Side.Long, 10, 5582, terms => terms.Fees.Close);
        Tick(Rebar, 3099);
    }

    private void Tick(Symbol symbol, double last, double settled = 0)
    {
        _now = _now.AddMinutes(2);
        Quote(symbol, last, settled);
        _books[symbol] = (_books.GetValueOrDefault(symbol).Held, (decimal)last);
        Record();
    }

    private void Quote(Symbol symbol, double last, double settled)
    {
        _now = _now.AddSeconds(0.5);
        var step = symbol == Pta ? 2 : 1;
        var raw = new RawTick { Timestamp = _now, LastPrice = last, BidPrice = last - step, BidVolume = 500, AskPrice = last + step, AskVolume = 500, PreSettlement = settled > 0 ? settled : null };
        _harness.Tick(symbol, raw).ShouldBe(TickReject.None);
    }

    /// <summary>At a price that the other side of the book shows.</summary>
    private void Trade(Symbol symbol, OrderPurpose purpose, Side side, decimal lots, decimal price, Func<ContractTerms, FeeRate> rate)
    {
        var request = new OrderRequest(_account, symbol, purpose, side, new(lots), OrderType.Limit, new(price));
        _harness.Engine.PlaceOrder(request, _now).Problems.ShouldBeEmpty();
        _harness.Commit();
        Quote(symbol, (double)_books[symbol].Last, 0);
        _harness.Journal.Changes.OfType<JournalChange.FillAdded>().Last().Fill.ShouldSatisfyAllConditions(fill => fill.Volume.Value.ShouldBe(lots), fill => fill.Price.Value.ShouldBe(price));

        var bought = request.OrderSide == OrderSide.Buy ? lots : -lots;
        _books[symbol] = _books[symbol] with { Held = _books[symbol].Held + bought };
        _cash -= bought * price * Multiplier(symbol);
        var (basis, value) = rate(Catalog.TermsOn(Catalog.Find(symbol, new(2026, 11, 20))!, DateOnly.FromDateTime(_now.UtcDateTime)));
        _fees += decimal.Round(basis == FeeBasis.ByVolume ? lots * value : lots * price * Multiplier(symbol) * value, 2, MidpointRounding.AwayFromZero);
    }

    private void Pay(decimal amount)
    {
        _harness.Engine.BookCash(_account, amount, null, _now).Problems.ShouldBeEmpty();
        _harness.Commit();
        _paidIn += amount;
        _byHand.Add((_now, Equity(book => book.Last), _paidIn));
    }

    // A minute of the account's own clock lies between two ticks, so that each has its point.
    private void Record()
    {
        _harness.Engine.OnTimer(_now);
        _harness.Commit();
        if (_fees == 0) return; // Nothing was ever held: nothing to mark.
        _byHand.Add((_now, Equity(book => book.Last), _paidIn));
    }

    private decimal Settled(params (Symbol Symbol, decimal Price)[] prices) =>
        _paidIn + _cash - _fees + prices.Sum(p => _books[p.Symbol].Held * p.Price * Multiplier(p.Symbol));

    private decimal Equity(Func<(decimal Held, decimal Last), decimal> price) => _paidIn + _cash - _fees + _books.Sum(book => book.Value.Held * price(book.Value) * Multiplier(book.Key));

    private static decimal Multiplier(Symbol symbol) => symbol == Pta ? 5m : 10m;

    private static ContractCatalog Catalog { get; } = ContractCatalog.FromReferenceData(EngineHarness.Calendar);
}
