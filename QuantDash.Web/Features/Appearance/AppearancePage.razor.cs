using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using QuantDash.Web.Security;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Appearance;

/// <summary>How numbers look and what is heard: kept with the person, and in force on this browser at once, on others from the next sign-in.</summary>
public sealed partial class AppearancePage
{
    private readonly HashSet<string> _heard = [];
    private NumberChoice _numbers = NumberChoice.Current;

    [Inject] public required IJSRuntime Browser { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required IPersonalLook Look { get; init; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _heard.UnionWith(await Browser.InvokeAsync<string[]>("quantdash.sounds.chosen") ?? []);
        StateHasChanged();
    }

    private static string Sample(NumberGrouping grouping) => 12_345_678.9m.ToString("N2", new ReaderCulture(CultureInfo.CurrentCulture.Name, new(grouping, false, false)));

    /// <summary>The page is opened anew: what is drawn has its numbers from the start of the circuit.</summary>
    private async Task ChooseAsync(NumberChoice numbers)
    {
        _numbers = numbers;
        await Browser.InvokeVoidAsync("quantdash.remember", NumberChoice.Cookie, numbers.ToString());
        await Look.KeepAsync(NumberChoice.Cookie, numbers.ToString());
        Navigation.NavigateTo("/settings/appearance", forceLoad: true);
    }

    private async Task SwitchAsync(string kind)
    {
        var on = _heard.Add(kind);
        if (!on) _heard.Remove(kind);
        await Browser.InvokeVoidAsync("quantdash.sounds.choose", kind, on);
        await Look.KeepAsync(Display.SoundsCookie, string.Join(',', _heard.Order(StringComparer.Ordinal)));
    }

    private async Task TestAsync(string kind) => await Browser.InvokeVoidAsync("quantdash.sounds.test", kind);
}
