using QuantDash.Core.Positions;

namespace QuantDash.Web.Features.Accounts;

/// <summary>The account's numbers by both methods: 逐日 since the last settlement, 逐笔 since the beginning. Both give the same equity.</summary>
public sealed record FundsView
{
    public required Funds Funds { get; init; }

    /// <summary>逐日, after fees, before cash flow.</summary>
    public decimal? Today { get; init; }

    /// <summary>Over the equity the day began with.</summary>
    public decimal? TodayRatio { get; init; }

    /// <summary>逐笔, after fees: equity less what was paid in.</summary>
    public decimal? Total { get; init; }

    /// <summary>Over what was paid in.</summary>
    public decimal? TotalRatio { get; init; }
    public required IReadOnlyList<MethodRow> Rows { get; init; }

    public static FundsView Of(Funds funds)
    {
        var today = funds.HoldingPnl is { } holding ? holding + funds.ClosePnlToday - funds.FeesToday : (decimal?)null;
        var total = funds.Equity - funds.Deposits;
        var basis = funds.StaticEquity + Math.Max(funds.CashFlowToday, 0);
        return new()
        {
            Funds = funds,
            Today = today,
            TodayRatio = basis > 0 ? today / basis : null,
            Total = total,
            TotalRatio = funds.Deposits > 0 ? total / funds.Deposits : null,
            Rows =
            [
                new("Start", funds.StaticEquity, 0m, Signed: false),
                new("CashFlow", funds.CashFlowToday, funds.Deposits),
                new("ClosedPnl", funds.ClosePnlToday, funds.RealisedPnl, Toned: true),
                new("OpenPnl", funds.HoldingPnl, funds.FloatingPnl, Toned: true),
                new("Fees", -funds.FeesToday, -funds.Fees),
                new("Result", today, total, Toned: true),
                new("Equity", funds.Equity, funds.Equity, Signed: false),
            ],
        };
    }
}

/// <param name="Name">Key of its words.</param>
/// <param name="ByDay">逐日.</param>
/// <param name="ByTrade">逐笔.</param>
public sealed record MethodRow(string Name, decimal? ByDay, decimal? ByTrade, bool Signed = true, bool Toned = false);
