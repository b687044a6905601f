using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Performance;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Accounts;

namespace QuantDash.Tests.Web.Features.Accounts;

public sealed class PerformanceDeskTests
{
    private static readonly DateTimeOffset Now = SampleSnapshot.Now;
    private readonly SampleRates _rates = new();
    private readonly EngineSnapshot _snapshot;
    private readonly PerformanceDesk _desk;

    public PerformanceDeskTests()
    {
        var snapshot = SampleSnapshot.At(Now);
        _snapshot = snapshot with { Accounts = [Real(snapshot, 1, Currency.Cny, 1_000m), Real(snapshot, 2, Currency.Usd, 200m)] };
        _desk = new(new Recorded(), _rates, TradingCalendar.FromReferenceData());
    }

    [Fact]
    public async Task Together_EachPointIsAtTheRateOfItsTime_AndTheLiveOneAtTheLatest()
    {
        _rates.Kept.Add(new(Currency.Usd, Currency.Cny, 7m, Now.AddDays(-9)));
        _rates.Kept.Add(new(Currency.Usd, Currency.Cny, 8m, Now.AddMinutes(-15)));

        var read = await _desk.CurveAsync(_snapshot.Accounts, Currency.Cny, Now.AddHours(-1), Now);

        read.Without.ShouldBeEmpty();
        read.Points.Select(p => p.Equity).ShouldBe([900m + (100m * 7m), 950m + (150m * 8m)]);
        read.PointOf(_snapshot, Now)!.Value.Equity.ShouldBe(1_000m + (200m * 8m));
    }

    [Fact]
    public async Task Together_WithoutARateForAllDays_LeavesThatAccountOutByName()
    {
        _rates.Kept.Add(new(Currency.Usd, Currency.Cny, 8m, Now.AddMinutes(-15)));

        var read = await _desk.CurveAsync(_snapshot.Accounts, Currency.Cny, Now.AddHours(-1), Now);

        read.Without.ShouldBe(["account 2"]);
        read.Points.Select(p => p.Equity).ShouldBe([900m, 950m]);
        read.PointOf(_snapshot, Now)!.Value.Equity.ShouldBe(1_000m);
    }

    [Fact]
    public async Task Live_WhileOneEquityIsUnknown_HasNoPoint()
    {
        var read = await _desk.CurveAsync([_snapshot.Accounts[0]], Currency.Cny, Now.AddHours(-1), Now);
        var unknown = _snapshot with { Accounts = [_snapshot.Accounts[0] with { Funds = _snapshot.Accounts[0].Funds with { Equity = null } }] };
        read.PointOf(unknown, Now).ShouldBeNull();
    }

    [Fact]
    public async Task Replay_EndsAtItsClock()
    {
        var read = await _desk.CurveAsync([_snapshot.Accounts[0]], Currency.Cny, DateTimeOffset.MinValue, Now.AddMinutes(-20));
        read.Points.Select(p => p.Equity).ShouldBe([900m], "what was recorded before the feed became the clock");
    }

    [Fact]
    public async Task Days_WithTheLiveOne_HoldItInPlaceOfTheRecordedOne()
    {
        var live = _snapshot.Accounts[0].Funds with { TradingDay = new DateOnly(2026, 11, 20), StaticEquity = 950m, CashFlowToday = 0m, Equity = 990m };
        var days = _desk.Whole(await _desk.DaysAsync(_snapshot.Accounts[0].Account.Id), live);
        days.Select(d => (d.Day.Day, d.Pnl)).ShouldBe([(18, 100m), (19, 0m), (20, 40m)], "the 19th was idle");
    }

    private static AccountView Real(EngineSnapshot snapshot, int id, Currency currency, decimal equity)
    {
        var account = snapshot.Accounts[0];
        return account with
        {
            Account = account.Account with { Id = new(new Guid(id, 0, 0, new byte[8])), Name = $"account {id}", IsDemo = false, Currency = currency },
            Funds = account.Funds with { Currency = currency, Equity = equity },
        };
    }

    private sealed class Recorded : IPerformanceHistory
    {
        public async IAsyncEnumerable<EquitySample> SamplesAsync(AccountId account, DateTimeOffset since, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop = default)
        {
            await Task.CompletedTask;
            var first = account.Value == new Guid(1, 0, 0, new byte[8]);
            yield return new(Now.AddMinutes(-30), first ? 900 : 100, 0, 0);
            yield return new(Now.AddMinutes(-10), first ? 950 : 150, 0, 0);
        }

        public Task<IReadOnlyList<DailyResult>> DaysAsync(AccountId account, CancellationToken stop = default) => Task.FromResult<IReadOnlyList<DailyResult>>(
            [new(new(2026, 11, 18), 850m, 0m, 950m, 1m, Settled: true), new(new(2026, 11, 20), 950m, 0m, 960m, 1m, Settled: false)]);

        public Task<IReadOnlyList<ClosedTrade>> ClosedTradesAsync(AccountId account, CancellationToken stop = default) => Task.FromResult<IReadOnlyList<ClosedTrade>>([]);
    }
}
