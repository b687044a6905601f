using Microsoft.AspNetCore.Components;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.People;

/// <summary>The second step of one's own sign-in: on with a picture to scan and a code that shows it was, off, and the recovery codes once.</summary>
public sealed partial class SecondStepPanel
{
    private const int Group = 4;
    private OwnSecurity? _own;
    private byte[]? _secret;
    private IReadOnlyList<string>? _codes;
    private Reconfirm? _reconfirm;
    private string _code = "";
    private string? _mistake;

    [Parameter, EditorRequired] public required Guid Self { get; set; }
    [Inject] public required OwnAccount Own { get; init; }

    protected override async Task OnInitializedAsync() => _own = await Own.ReadAsync(Self);

    private Task BeginAsync() => _reconfirm!.RunAsync(() =>
    {
        (_secret, _code, _mistake) = (Totp.NewSecret(), "", null);
        StateHasChanged();
        return Task.CompletedTask;
    });

    private async Task TurnOnAsync()
    {
        if (_secret is not { } secret) return;
        _codes = await Own.TurnOnSecondFactorAsync(Self, secret, _code);
        (_code, _mistake) = ("", _codes is null ? Text["WrongCode"].Value : null);
        if (_codes is null) return;
        _secret = null;
        _own = await Own.ReadAsync(Self);
    }

    private Task TurnOffAsync() => _reconfirm!.RunAsync(async () =>
    {
        await Own.TurnOffSecondFactorAsync(Self);
        _own = await Own.ReadAsync(Self);
        StateHasChanged();
    });

    private static string Grouped(string key) => string.Join(' ', key.Chunk(Group).Select(part => new string(part)));
}
