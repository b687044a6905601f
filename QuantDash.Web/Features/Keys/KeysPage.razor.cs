using Microsoft.AspNetCore.Components;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Keys;

/// <summary>Keys of programs: what they may do, when they were last used, a new one shown once.</summary>
public sealed partial class KeysPage
{
    private IReadOnlyList<ApiKey> _keys = [];
    private (string Name, string Key)? _made;
    private ApiKey? _revoking;
    private Reconfirm? _reconfirm;
    private string _name = "";
    private string _scope = Scopes.Read;

    [Inject] public required KeyDesk Desk { get; init; }

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync() => _keys = await Desk.ListAsync();

    private Task CreateAsync() => string.IsNullOrWhiteSpace(_name) ? Task.CompletedTask : GuardAsync([_scope], async () =>
    {
        var (row, key) = await Desk.CreateAsync(_name.Trim(), [_scope]);
        (_made, _name) = ((row.Name, key), "");
    });

    private Task RevokeAsync(ApiKey key)
    {
        _revoking = null;
        return GuardAsync(key.Scopes.Split(' '), async () =>
        {
            await Desk.RevokeAsync(key.Id);
            _made = null;
        });
    }

    private Task GuardAsync(IReadOnlyList<string> scopes, Func<Task> work)
    {
        async Task DoAsync()
        {
            await work();
            await ReadAsync();
            StateHasChanged(); // Also when it was the dialog that ran it.
        }

        return KeyDesk.IsAdmin(scopes) ? _reconfirm!.RunAsync(DoAsync) : DoAsync();
    }
}
