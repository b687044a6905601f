using System.Collections.Concurrent;
using QuantDash.Core.Engine;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Live;

/// <summary>For how much of their sessions feeds were live since our start: while a contract of a source is in session, the source is up as long as one of them is not stale. A source whose feed is the
/// clock is never late, and not counted.</summary>
public sealed class FeedUptime
{
    private readonly ConcurrentDictionary<SourceName, UptimeShare> _shares = [];

    public IEnumerable<KeyValuePair<SourceName, UptimeShare>> All => _shares;

    public UptimeShare Of(SourceName source) => _shares.GetValueOrDefault(source);

    /// <summary>One look. Called by one at a time.</summary>
    public void Count(EngineSnapshot snapshot, TimeSpan passed)
    {
        foreach (var view in snapshot.Sources)
        {
            if (view.Source.Clock != SourceClock.Wall) continue;
            var quotes = snapshot.Quotes.Where(quote => quote.Source == view.Source.Name && quote.Health != QuoteHealth.Closed).ToList();
            var isUp = quotes.Exists(quote => quote.Health == QuoteHealth.Live);
            _shares[view.Source.Name] = Of(view.Source.Name).With(isUp ? passed : TimeSpan.Zero, quotes.Count > 0 ? passed : TimeSpan.Zero);
        }
    }
}
