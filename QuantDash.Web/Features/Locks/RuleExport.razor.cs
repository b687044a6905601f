using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using QuantDash.Core.Locking;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Locks;

/// <summary>Gives rules to the browser as a file that <see cref="ImportDialog"/> takes back.</summary>
public sealed partial class RuleExport : IAsyncDisposable
{
    private IJSObjectReference? _module;

    /// <summary>Which, in the order of the file.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<Guid> Rules { get; set; }
    [Inject] public required IJSRuntime Browser { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the module with it.
        }
    }

    private IEnumerable<LockRule> Chosen()
    {
        var rules = Feed.Current.Rules.ToDictionary(r => r.Rule.Id, r => r.Rule);
        return Rules.Where(rules.ContainsKey).Select(id => rules[id]);
    }

    private async Task SaveAsync(string ending, string type, string text)
    {
        _module ??= await Browser.InvokeAsync<IJSObjectReference>("import", "./Features/Locks/RuleExport.razor.js");
        await _module.InvokeVoidAsync("save", $"lock-rules.{ending}", type, text);
    }
}
