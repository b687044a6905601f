using QuantDash.Core.Backtesting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Backtests;

/// <summary>What a perpetual pays in a backtest: one rate at every settlement, or payment by payment.</summary>
internal static class BacktestFunding
{
    /// <summary>Of the price, in one payment: venues cap it far below.</summary>
    public const decimal MostRate = 0.1m;

    /// <summary>Nine years of three a day.</summary>
    public const int MostPayments = 10_000;

    /// <summary>UTC, as most venues settle.</summary>
    public static IReadOnlyList<int> Hours { get; } = [0, 8, 16];

    /// <summary>The payments of a body; null when it names none. What is wrong is kept in its problems.</summary>
    public static IReadOnlyList<FundingRate>? Read(JsonFields body)
    {
        if (body.Objects("funding", MostPayments) is not { } rows) return null;
        var rates = new List<FundingRate>(rows.Count);
        foreach (var row in rows)
        {
            row.Require("timestamp", "rate");
            if (row.Time("timestamp") is not { } at || row.Number("rate") is not { } rate) continue;
            if (rates.Count > 0 && at <= rates[^1].At) row.Refuse("timestamp", "funding_order", at);
            else if (Math.Abs(rate) > MostRate) row.Refuse("rate", "out_of_range", -MostRate, MostRate, rate);
            else rates.Add(new(at, rate));
        }

        return rates;
    }

    public static IEnumerable<Problem> Problems(BacktestRequest request, Contract contract)
    {
        var field = request.FundingRate is not null ? "funding_rate" : "funding";
        if (request.FundingRate is null && request.Funding is null) yield break;
        if (contract.Product.Class != AssetClass.Perpetual) yield return new(field, "backtest_no_perpetual", contract.Symbol.ToString());
        if (request.FundingRate is not null && request.Funding is not null) yield return new("funding", "backtest_funding_twice");
        if (request.FundingRate is { } rate && Math.Abs(rate) > MostRate) yield return new("funding_rate", "out_of_range", -MostRate, MostRate, rate);
    }

    /// <summary>The payments within some bars.</summary>
    public static IReadOnlyList<FundingRate> Of(BacktestRequest request, BacktestBars bars)
    {
        if (request.Funding is { } payments) return payments;
        if (request.FundingRate is not { } rate || bars.Count == 0) return [];
        var (rates, end) = (new List<FundingRate>(), bars.EndOf(bars.Count - 1));
        var first = DateTimeOffset.FromUnixTimeMilliseconds(bars.Columns.Starts.Span[0]);
        for (var day = new DateTimeOffset(first.UtcDateTime.Date, TimeSpan.Zero); day <= end; day = day.AddDays(1))
            rates.AddRange(Hours.Select(hour => day.AddHours(hour)).Where(at => at >= first && at <= end).Select(at => new FundingRate(at, rate)));
        return rates;
    }
}
