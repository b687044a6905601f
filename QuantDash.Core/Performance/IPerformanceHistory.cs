using QuantDash.Core.Primitives;

namespace QuantDash.Core.Performance;

/// <summary>What statistics and funds curves are made of, oldest first, from the database.</summary>
public interface IPerformanceHistory
{
    /// <summary>Every recorded moment with a known equity.</summary>
    IAsyncEnumerable<EquitySample> SamplesAsync(AccountId account, DateTimeOffset since, CancellationToken stop = default);

    /// <summary>One result for each settled trading day, and one for the day after them as it was last recorded.</summary>
    Task<IReadOnlyList<DailyResult>> DaysAsync(AccountId account, CancellationToken stop = default);

    /// <summary>Trades that closed something at a known open price.</summary>
    Task<IReadOnlyList<ClosedTrade>> ClosedTradesAsync(AccountId account, CancellationToken stop = default);
}

/// <summary>Exchange rates as they were entered.</summary>
public interface IExchangeRateBook
{
    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<ExchangeRate>> ListAsync(CancellationToken stop = default);

    /// <summary>One of the same pair and time is replaced.</summary>
    Task SaveAsync(ExchangeRate rate, CancellationToken stop = default);

    /// <summary>False when there is none.</summary>
    Task<bool> DeleteAsync(Currency from, Currency to, DateTimeOffset asOf, CancellationToken stop = default);
}
