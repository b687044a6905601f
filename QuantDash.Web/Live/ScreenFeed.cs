using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Live;

/// <summary>What one browser looks at: the engine's latest snapshot, and the account chosen in the top bar.</summary>
public sealed class ScreenFeed(LiveState<EngineSnapshot> snapshots, TimeProvider time)
{
    private AccountId? _chosen;

    /// <summary>Another account was chosen. Raised on the browser's own renderer.</summary>
    public event Action? AccountChanged;

    public EngineSnapshot Current => snapshots.Current;

    public IAsyncEnumerable<EngineSnapshot> WatchAsync(TimeSpan pace, CancellationToken stop) => snapshots.WatchAsync(pace, time, stop);

    public void Choose(AccountId account)
    {
        if (_chosen == account) return;
        _chosen = account;
        AccountChanged?.Invoke();
    }

    /// <summary>The chosen account; before a choice, and when it is gone, the first there is that was not closed.</summary>
    public AccountView? AccountIn(EngineSnapshot snapshot) =>
        snapshot.Accounts.FirstOrDefault(a => a.Account.Id == _chosen) ?? snapshot.OpenAccounts.FirstOrDefault() ?? (snapshot.Accounts.Count > 0 ? snapshot.Accounts[0] : null);
}
