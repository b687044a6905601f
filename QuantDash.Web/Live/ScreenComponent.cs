using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Live;

/// <summary>A part of the screen built from the engine's snapshot and the chosen account; rebuilt when either changes.</summary>
public abstract class ScreenComponent : LiveComponent<EngineSnapshot>
{
    [Inject] public required ScreenFeed Feed { get; init; }

    /// <summary>The account in the top bar; null while there is none.</summary>
    protected AccountView? Account { get; private set; }

    protected abstract TimeSpan Pace { get; }

    /// <summary>Builds what is drawn. Not called before the engine has recovered.</summary>
    protected abstract void Build(EngineSnapshot snapshot, AccountView? account);

    protected sealed override IAsyncEnumerable<EngineSnapshot> Source(CancellationToken stop) => Feed.WatchAsync(Pace, stop);

    protected sealed override void OnView(EngineSnapshot view) => Rebuild();

    protected override void OnInitialized()
    {
        Feed.AccountChanged += OnAccountChanged;
        base.OnInitialized();
    }

    /// <summary>For a change that comes from the page itself, such as another selection.</summary>
    protected void Rebuild()
    {
        if (View is not { Recovered: true } snapshot) return;
        Account = Feed.AccountIn(snapshot);
        Build(snapshot, Account);
    }

    public override ValueTask DisposeAsync()
    {
        Feed.AccountChanged -= OnAccountChanged;
        return base.DisposeAsync();
    }

    private void OnAccountChanged()
    {
        Rebuild();
        StateHasChanged();
    }
}
