using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using QuantDash.Core.Engine;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Shell;

public sealed partial class TopBar
{
    private TopBarView? _bar;

    [Inject] public required IJSRuntime Browser { get; init; }

    protected override TimeSpan Pace => Paces.Funds;

    protected override void Build(EngineSnapshot snapshot, AccountView? account) => _bar = account is null ? null : TopBarView.From(snapshot, account);

    private async Task ChooseAsync(ChangeEventArgs change)
    {
        if (!Guid.TryParse(change.Value as string, out var id)) return;
        Feed.Choose(new(id));
        await Browser.InvokeVoidAsync("quantdash.remember", Display.AccountCookie, id.ToString("D"));
    }
}
