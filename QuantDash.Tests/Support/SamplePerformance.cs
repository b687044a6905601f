using QuantDash.Core.Performance;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Features.Accounts;

namespace QuantDash.Tests.Support;

/// <summary>Three settled days before <see cref="SampleSnapshot"/>, and a few closing trades.</summary>
internal sealed class SamplePerformance(DateTimeOffset now) : IPerformanceHistory
{
    public static readonly DateOnly LastSettled = new(2026, 11, 19);

    public async IAsyncEnumerable<EquitySample> SamplesAsync(AccountId account, DateTimeOffset since, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop = default)
    {
        await Task.CompletedTask;
        for (var i = 240; i > 0; i--)
            if (now.AddMinutes(-i) >= since) yield return new(now.AddMinutes(-i), 1_000_000 + ((240 - i) * 50), i > 120 ? 900_000 : 950_000, i % 2 == 0 ? 100_000 : 0);
    }

    public Task<IReadOnlyList<DailyResult>> DaysAsync(AccountId account, CancellationToken stop = default) => Task.FromResult<IReadOnlyList<DailyResult>>(
    [
        new(LastSettled.AddDays(-22), 1_000_000, 0, 1_004_000, 20, Settled: true),
        new(LastSettled.AddDays(-1), 1_004_000, -10_000, 992_500, 30, Settled: true),
        new(LastSettled, 992_500, 0, 1_000_000, 10, Settled: true),
    ]);

    public Task<IReadOnlyList<ClosedTrade>> ClosedTradesAsync(AccountId account, CancellationToken stop = default) =>
        Task.FromResult<IReadOnlyList<ClosedTrade>>([new(now.AddHours(-3), 2_010, 10), new(now.AddHours(-2), -990, 10), new(now.AddHours(-1), 510, 10)]);
}

/// <summary>Exchange rates in memory.</summary>
internal sealed class SampleRates : IExchangeRateBook
{
    public List<ExchangeRate> Kept { get; } = [];

    public Task<IReadOnlyList<ExchangeRate>> ListAsync(CancellationToken stop = default) => Task.FromResult<IReadOnlyList<ExchangeRate>>([.. Kept.OrderByDescending(r => r.AsOf)]);

    public Task SaveAsync(ExchangeRate rate, CancellationToken stop = default)
    {
        Kept.Add(rate);
        return Task.CompletedTask;
    }

    public Task<bool> DeleteAsync(Currency from, Currency to, DateTimeOffset asOf, CancellationToken stop = default) =>
        Task.FromResult(Kept.RemoveAll(r => r.From == from && r.To == to && r.AsOf == asOf) > 0);
}

/// <summary>Notes what it was asked to book, and refuses when told to.</summary>
internal sealed class SampleAccountDesk(SampleRates rates) : IAccountDesk
{
    public List<(AccountId Account, decimal Amount, string? Note)> Booked { get; } = [];

    public List<AccountTerms> Created { get; } = [];

    public List<(AccountId Account, string Name, string? ExternalId)> Renamed { get; } = [];

    public Problem? Refusal { get; set; }

    public Task<Outcome<Account>> CreateAsync(AccountTerms terms, Guid? id = null)
    {
        if (Refusal is { } refusal) return Task.FromResult(Outcome<Account>.Failure([refusal]));
        Created.Add(terms);
        return Task.FromResult(Outcome<Account>.Success(terms.Check(Guid.NewGuid(), SampleSnapshot.Now).Value.Account));
    }

    public Task<Outcome<Account>> RenameAsync(AccountId account, string name, string? externalId)
    {
        Renamed.Add((account, name, externalId));
        return Task.FromResult(Outcome<Account>.Success(SampleSnapshot.At(SampleSnapshot.Now).Accounts[0].Account with { Name = name, ExternalId = externalId }));
    }

    public List<(AccountId Account, bool Open)> Switched { get; } = [];

    public Task<Outcome<Account>> CloseAsync(AccountId account) => Switch(account, open: false);

    public Task<Outcome<Account>> ReopenAsync(AccountId account) => Switch(account, open: true);

    public Task<Outcome<CashFlow>> BookCashAsync(AccountId account, decimal amount, string? note)
    {
        if (Refusal is { } refusal) return Task.FromResult(Outcome<CashFlow>.Failure([refusal]));
        Booked.Add((account, amount, note));
        return Task.FromResult(Outcome<CashFlow>.Success(new()
        {
            Id = Guid.NewGuid(), AccountId = account, Amount = new(amount, Currency.Cny), TradingDay = SamplePerformance.LastSettled, OccurredAt = SampleSnapshot.Now, Note = note,
        }));
    }

    private Task<Outcome<Account>> Switch(AccountId account, bool open)
    {
        if (Refusal is { } refusal) return Task.FromResult(Outcome<Account>.Failure([refusal]));
        Switched.Add((account, open));
        return Task.FromResult(Outcome<Account>.Success(SampleSnapshot.At(SampleSnapshot.Now).Accounts[0].Account with { ClosedAt = open ? null : SampleSnapshot.Now }));
    }

    public Task SaveRateAsync(ExchangeRate rate) => rates.SaveAsync(rate);

    public Task<bool> DeleteRateAsync(ExchangeRate rate) => rates.DeleteAsync(rate.From, rate.To, rate.AsOf);
}
