using QuantDash.Core.Engine;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Market;

public enum FeedState { None, Live, Silent, Closed }

/// <summary>The state of a feed, ready to draw.</summary>
/// <param name="LastAt">When its latest tick came.</param>
/// <param name="Up">The share of its sessions in which it was live since our start; null while nothing was counted.</param>
public sealed record FeedView(FeedState State, DateTimeOffset? LastAt, decimal? Up, bool LinkUp)
{
    public Tone Tone => State switch
    {
        FeedState.Live => Tone.Good,
        FeedState.Silent => Tone.Danger,
        _ => Tone.Weak,
    };

    /// <summary>A feed is live as long as one of its contracts is; it is silent when all that are in session are.</summary>
    public static FeedView From(EngineSnapshot snapshot, AccountView account, double? up)
    {
        var quotes = snapshot.Quotes.Where(q => q.Source == account.Account.Source).ToList();
        var state = quotes.Count == 0 ? FeedState.None
            : quotes.Exists(q => q.Health == QuoteHealth.Live) ? FeedState.Live
            : quotes.Exists(q => q.Health == QuoteHealth.Stale) ? FeedState.Silent
            : FeedState.Closed;
        return new(state, quotes.Count == 0 ? null : quotes.Max(q => q.Tick.ReceivedAt), (decimal?)up, account.LinkUp);
    }
}
