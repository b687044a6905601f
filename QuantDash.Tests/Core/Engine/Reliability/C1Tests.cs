using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.SystemStatus;

namespace QuantDash.Tests.Core.Engine.Reliability;

/// <summary>RELIABILITY.md C1 inside the process, where ticks come that JSON has no words for: what is no number in any field, on two contracts; a second source; another currency. Nothing fires, each
/// is counted and shown, and a real move of a fifth still fires. Over HTTP: <see cref="Scenarios.BadTicksScenarioTests"/>.</summary>
[Trait(Profile.Reliability, "C1")]
public sealed class C1Tests
{
    private static readonly SourceName Second = new("second");
    private static readonly Symbol Btc = Symbol.ParseCanonical("BINANCE.BTCUSDT");
    private static readonly (Symbol Symbol, double Price, double Tick)[] Held = [(Symbol.Create("CZCE", "TA2701"), 5500, 2), (Symbol.Create("SHFE", "rb2701"), 3100, 1)];

    private static readonly (string Name, Func<RawTick, double, RawTick> Put)[] Fields =
    [
        ("last", (tick, value) => tick with { LastPrice = value }),
        ("bid", (tick, value) => tick with { BidPrice = value }),
        ("ask", (tick, value) => tick with { AskPrice = value }),
        ("bid volume", (tick, value) => tick with { BidVolume = value }),
        ("ask volume", (tick, value) => tick with { AskVolume = value }),
        ("volume", (tick, value) => tick with { Volume = value }),
        ("turnover", (tick, value) => tick with { Turnover = value }),
        ("open interest", (tick, value) => tick with { OpenInterest = value }),
        ("open", (tick, value) => tick with { OpenPrice = value }),
        ("high", (tick, value) => tick with { HighPrice = value }),
        ("low", (tick, value) => tick with { LowPrice = value }),
        ("previous settlement", (tick, value) => tick with { PreSettlement = value }),
        ("upper limit", (tick, value) => tick with { UpperLimit = value }),
        ("lower limit", (tick, value) => tick with { LowerLimit = value }),
    ];

    private readonly EngineHarness _harness = new();
    private readonly AccountId _account;
    private DateTimeOffset _now = EngineHarness.Wall;

    public C1Tests()
    {
        _account = _harness.Account();
        foreach (var (symbol, price, tick) in Held) Good(symbol, price, tick);
        _harness.Engine.ApplySnapshot(new() { AccountId = _account, Positions = [.. Held.Select(leg => Long(leg.Symbol, leg.Price))] }, _now).Problems.ShouldBeEmpty();
        _harness.Commit();
        foreach (var (symbol, price, _) in Held)
        {
            LockRule New(TriggerType type) => EngineHarness.NewRule(_account, symbol, Side.Long, type) with { ProfitLockRatio = new(0.2m), StopLockRatio = new(0.2m) };
            _harness.Rule(New(TriggerType.Price) with { TriggerPrice = new((decimal)price * 1.04m) });
            _harness.Rule(New(TriggerType.Price) with { StopLossPrice = new((decimal)price * 0.96m) });
            _harness.Rule(New(TriggerType.Trailing) with { TrailingStop = true, TrailingDistance = (decimal)price * 0.04m });
            _harness.Rule(New(TriggerType.Profit) with { ProfitLockEnabled = true, ProfitLockThreshold = (decimal)price * 0.04m * 10 * 5 });
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void C1_NoNumberInAnyField_OnTwoContracts_FiresNothing_IsCountedAndShown_AndAFifthStillFires(double value)
    {
        foreach (var (symbol, price, tick) in Held)
        {
            foreach (var (name, put) in Fields)
                _harness.Tick(symbol, put(Raw(price, tick), value)).ShouldBe(TickReject.NotANumber, $"{value} as {name} of {symbol}");
        }

        ShouldHaveFiredNothing();
        Rejected(_harness.Source).ShouldHaveSingleItem("each of them, and nothing else").ShouldBe(new(TickReject.NotANumber, Held.Length * Fields.Length));
        RejectRow.List(_harness.Snapshot).ShouldHaveSingleItem("the system page's row").ShouldSatisfyAllConditions(row => row.Reason.ShouldBe(TickReject.NotANumber), row => row.Count.ShouldBe(Held.Length * Fields.Length));

        foreach (var (symbol, price, tick) in Held)
        {
            var fifth = price * 0.8;
            Good(symbol, fifth, tick);
            _harness.Snapshot.Triggers.Where(trigger => trigger.Symbol == symbol).ShouldBeEmpty("one jump alone is no move");
            Good(symbol, fifth, tick);
            _harness.Snapshot.Triggers.Where(trigger => trigger.Symbol == symbol).Select(trigger => (trigger.Condition, trigger.Status, trigger.TriggerPrice.Value))
                .ShouldBe([(ConditionKind.Stop, TriggerStatus.Executed, (decimal)fifth), (ConditionKind.Trailing, TriggerStatus.Executed, (decimal)fifth)], ignoreOrder: true);
        }

        _harness.ShouldBalance();
    }

    /// <summary>The plan lets a second source within 500 ms confirm a jump. Here it does not: a rule hears its account's source alone, so that one mad feed cannot make another's jump true. The next tick
    /// of its own feed is the witness.</summary>
    [Fact]
    public void C1_SameJumpOnASecondSourceWithinHalfASecond_ConfirmsNothing_TheOwnFeedsNextTickDoes()
    {
        var (symbol, price, tick) = Held[0];
        _harness.Engine.CreateSource(new() { Name = Second, Clock = SourceClock.Ticks, CreatedAt = EngineHarness.Wall }).Succeeded.ShouldBeTrue();
        Good(symbol, price, tick, Second);

        Good(symbol, price * 0.8, tick);
        Good(symbol, price * 0.8, tick, Second, seconds: 0.2);
        Good(symbol, price * 0.8, tick, Second, seconds: 0.2);
        ShouldHaveFiredNothing();
        Rejected(Second).ShouldBeEmpty("for the second source it is a move");

        Good(symbol, price, tick);
        ShouldHaveFiredNothing();
        Rejected(_harness.Source).ShouldHaveSingleItem().ShouldBe(new(TickReject.Spike, 1));

        Good(symbol, price * 0.8, tick);
        Good(symbol, (price * 0.8) + tick, tick, seconds: 0.4);
        _harness.Snapshot.Triggers.Select(trigger => trigger.Condition).ShouldBe([ConditionKind.Stop, ConditionKind.Trailing], ignoreOrder: true);
        _harness.ShouldBalance();
    }

    /// <summary>A tick names no currency: its contract does. One of another currency than the account's moves nothing of the account, and can be neither held nor watched there.</summary>
    [Fact]
    public void C1_TickOfAContractInAnotherCurrency_MovesNothing_AndTheContractIsRefused()
    {
        var before = _harness.Snapshot.Accounts[0].Funds.Equity;
        foreach (var price in (double[])[Held[0].Price * 0.9, Held[0].Price * 1.1, 0.8 * Held[0].Price]) Good(Btc, Math.Round(price), 0.1);
        ShouldHaveFiredNothing();
        _harness.Snapshot.Accounts[0].Funds.Equity.ShouldBe(before);

        var rule = EngineHarness.NewRule(_account, Btc, Side.Long, TriggerType.Price) with { StopLossPrice = new(5000) };
        _harness.Engine.SaveRule(rule, _now).Problems.ShouldHaveSingleItem().Code.ShouldBe("currency_differs");
        _harness.Engine.ApplySnapshot(new() { AccountId = _account, Positions = [Long(Btc, 5000)] }, _now).Problems.ShouldHaveSingleItem().Code.ShouldBe("currency_differs");
        _harness.ShouldBalance();
    }

    private static SnapshotPosition Long(Symbol symbol, double price) =>
        new() { Symbol = symbol, LongVolume = new(10), LongToday = new(10), LongAveragePrice = new Price((decimal)price), ShortVolume = Volume.Zero };

    private IReadOnlyDictionary<TickReject, long> Rejected(SourceName source) => _harness.Snapshot.Sources.Single(view => view.Source.Name == source).Rejected;

    private void ShouldHaveFiredNothing()
    {
        _harness.Snapshot.Triggers.ShouldBeEmpty();
        _harness.Journal.Changes.OfType<JournalChange.OrderSaved>().ShouldBeEmpty();
        _harness.ShouldBalance();
    }

    private void Good(Symbol symbol, double price, double tick, SourceName? source = null, double seconds = 1)
    {
        _harness.Engine.OnTick(source ?? _harness.Source, symbol, Raw(price, tick, seconds), _now).ShouldBe(TickReject.None);
        _harness.Commit();
    }

    private RawTick Raw(double price, double tick, double seconds = 1)
    {
        _now = _now.AddSeconds(seconds);
        return new() { Timestamp = _now, LastPrice = price, BidPrice = price - tick, BidVolume = 100, AskPrice = price + tick, AskVolume = 100, Volume = 10, Turnover = 10, OpenInterest = 10 };
    }
}
