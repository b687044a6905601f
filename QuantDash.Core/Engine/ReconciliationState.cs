using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What is remembered of one account's comparisons. Not stored: every start compares anew.</summary>
internal sealed class ReconciliationState
{
    private readonly Dictionary<string, DateTimeOffset> _since = [];

    /// <summary>Asked for and not answered.</summary>
    public (ReconciliationWhy Why, DateTimeOffset At)? Waiting { get; set; }
    public ReconciliationRun? Last { get; set; }

    /// <summary>When the latest ended that was kept, what the latest of all found, and how many since then found nothing else.</summary>
    public (DateTimeOffset? At, IReadOnlySet<(string Sign, bool IsAdopted)> Found, int Quiet) Kept { get; set; } = (null, new HashSet<(string, bool)>(), 0);

    /// <summary>An answer that we had asked for has come since our start.</summary>
    public bool WasAnswered { get; set; }

    /// <summary>Legs that the latest snapshot told differently, with what it did about them.</summary>
    public IReadOnlyList<SnapshotDifference> Legs { get; set; } = [];

    /// <summary>Contracts of the latest snapshot that are none of ours.</summary>
    public IReadOnlyList<string> Ignored { get; set; } = [];

    /// <summary>Trades made elsewhere since the comparison before the latest one began.</summary>
    public List<ToldTrade> Elsewhere { get; } = [];

    /// <summary>Trades told since the latest comparison.</summary>
    public int TradesTold { get; set; }

    /// <summary>Orders that the venue reported on and that are none of ours.</summary>
    public Dictionary<ClientOrderId, DateTimeOffset> Strangers { get; } = [];
    public FundsTold? Funds { get; set; }

    /// <summary>Working orders of ours that the venue's own books did not have, or had filled otherwise, when it was last asked.</summary>
    public Dictionary<ClientOrderId, Volume?> AtVenue { get; } = [];

    /// <summary>When a difference was first seen.</summary>
    public DateTimeOffset Since(string key, DateTimeOffset now) => _since.TryGetValue(key, out var since) ? since : _since[key] = now;

    /// <summary>Differences that are gone begin anew when they come back.</summary>
    public void Keep(IEnumerable<string> keys)
    {
        var kept = keys.ToHashSet();
        foreach (var key in _since.Keys.Where(key => !kept.Contains(key)).ToList()) _since.Remove(key);
    }
}
