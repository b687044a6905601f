using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Shell;

/// <summary>The bar over every page: which account, its four numbers, and whether its feed and venue are well.</summary>
public sealed record TopBarView
{
    public required Guid AccountId { get; init; }
    public required IReadOnlyList<AccountChoice> Accounts { get; init; }
    public required string Currency { get; init; }
    public decimal? Equity { get; init; }
    public decimal? Today { get; init; }

    /// <summary>Today's result over the equity the day began with.</summary>
    public decimal? TodayRatio { get; init; }
    public decimal? Available { get; init; }
    public decimal? Risk { get; init; }
    public required LinkLight Feed { get; init; }
    public required LinkLight Venue { get; init; }

    public static TopBarView From(EngineSnapshot snapshot, AccountView account)
    {
        var funds = account.Funds;
        var today = TodayOf(funds);
        var basis = funds.StaticEquity + funds.CashFlowToday;
        return new()
        {
            AccountId = account.Account.Id.Value,
            Accounts = [.. snapshot.Accounts.Select(a => new AccountChoice(a.Account.Id.Value, a.Account.Name, a.Account.IsClosed)).OrderBy(a => a.IsClosed)],
            Currency = funds.Currency.Code,
            Equity = funds.Equity,
            Today = today,
            TodayRatio = basis > 0 ? today / basis : null,
            Available = funds.Available,
            Risk = funds.RiskRatio,
            Feed = account.Account.IsClosed ? new("AccountClosed", Tone.Weak, []) : FeedLight(snapshot, account.Account),
            Venue = account.Account.IsClosed ? new("AccountClosed", Tone.Weak, []) : account.LinkUp ? new("VenueUp", Tone.Good, []) : new("VenueDown", Tone.Danger, []),
        };
    }

    public static decimal? TodayOf(Funds funds) => funds.HoldingPnl is { } holding ? holding + funds.ClosePnlToday - funds.FeesToday : null;

    private static LinkLight FeedLight(EngineSnapshot snapshot, Account account)
    {
        var quotes = snapshot.Quotes.Where(q => q.Source == account.Source).ToList();
        var lines = quotes.Select(q => new FeedLine(q.Contract.Symbol.ToString(), q.Health, q.Tick.ReceivedAt)).ToList();
        if (quotes.Count == 0) return new("FeedNone", Tone.Weak, []);
        if (quotes.Exists(q => q.Health == QuoteHealth.Stale)) return new("FeedStale", Tone.Warn, lines);
        return quotes.Exists(q => q.Health == QuoteHealth.Live) ? new("FeedLive", Tone.Good, lines) : new("FeedClosed", Tone.Weak, lines);
    }
}

/// <param name="IsClosed">Only its history is to be seen.</param>
public sealed record AccountChoice(Guid Id, string Name, bool IsClosed = false);

/// <param name="Key">Text key of the state in words.</param>
public sealed record LinkLight(string Key, Tone Tone, IReadOnlyList<FeedLine> Lines);

public sealed record FeedLine(string Symbol, QuoteHealth Health, DateTimeOffset LastAt);
