using QuantDash.Core.Engine;
using QuantDash.Core.Locking;

namespace QuantDash.Web.Features.Overview;

/// <summary>Today's numbers of one account.</summary>
public sealed record FiguresView
{
    public required string Currency { get; init; }
    public decimal? Equity { get; init; }
    public decimal? Today { get; init; }

    /// <summary>Today's result over the equity the day began with.</summary>
    public decimal? TodayRatio { get; init; }
    public decimal? Floating { get; init; }
    public required decimal ClosedToday { get; init; }
    public required decimal FeesToday { get; init; }
    public decimal? Available { get; init; }
    public required decimal Margin { get; init; }
    public decimal? Risk { get; init; }

    /// <summary>Profit that active locks have frozen; null when one of them is unknown.</summary>
    public decimal? Frozen { get; init; }
    public required int Locks { get; init; }
    public required int Armed { get; init; }
    public required int Waiting { get; init; }

    public static FiguresView From(EngineSnapshot snapshot, AccountView account)
    {
        var id = account.Account.Id;
        var funds = account.Funds;
        var today = funds.HoldingPnl is { } holding ? holding + funds.ClosePnlToday - funds.FeesToday : (decimal?)null;
        var basis = funds.StaticEquity + funds.CashFlowToday;
        var locks = snapshot.Locks.Where(l => l.AccountId == id && l.Status != LockStatus.Unlocked).ToList();
        return new()
        {
            Currency = funds.Currency.Code,
            Equity = funds.Equity,
            Today = today,
            TodayRatio = basis > 0 ? today / basis : null,
            Floating = funds.FloatingPnl,
            ClosedToday = funds.ClosePnlToday,
            FeesToday = funds.FeesToday,
            Available = funds.Available,
            Margin = funds.Margin,
            Risk = funds.RiskRatio,
            Frozen = locks.TrueForAll(l => l.FrozenProfit is not null) ? locks.Sum(l => l.FrozenProfit) : null,
            Locks = locks.Count,
            Armed = snapshot.Rules.Count(r => r.Rule.AccountId == id && r.State.State == ArmState.Armed),
            Waiting = snapshot.Triggers.Count(t => t.AccountId == id && t.Status == TriggerStatus.WaitingConfirm),
        };
    }
}
