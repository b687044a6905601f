using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace QuantDash.Web.Features.Bridge;

/// <summary>How to start the two scripts in <c>bridges/</c> for an account; the key is the trader's to fill in.</summary>
public sealed partial class StartCommands : IAsyncDisposable
{
    private readonly Dictionary<string, ElementReference> _lines = [];
    private IJSObjectReference? _module;
    private string? _copied;

    /// <summary>The account as the program names it.</summary>
    [Parameter, EditorRequired] public required string Account { get; set; }
    [Inject] public required IJSRuntime Browser { get; init; }

    private string Url => Address.BaseUri.TrimEnd('/');

    private IEnumerable<(string Name, string Lines)> Commands =>
    [
        ("vn.py · CTP", $"python bridges/qd_vnpy.py --url {Url} --account {Account} --key qd_… --setting connect_ctp.json"),
        ("极星量化", $"URL, ACCOUNT, KEY = \"{Url}\", \"{Account}\", \"qd_…\""),
    ];

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

    private async Task CopyAsync(string name)
    {
        _module ??= await Browser.InvokeAsync<IJSObjectReference>("import", "./Features/Bridge/StartCommands.razor.js");
        if (await _module.InvokeAsync<bool>("copy", _lines[name])) _copied = name;
    }
}
