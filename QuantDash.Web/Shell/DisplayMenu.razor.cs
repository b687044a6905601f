using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using QuantDash.Web.Security;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Shell;

/// <summary>Language, theme, and which colour is up.</summary>
public sealed partial class DisplayMenu : IDisposable
{
    private bool _light;
    private bool _greenUp;

    [Parameter, EditorRequired] public required IReadOnlyList<AccountChoice> Accounts { get; set; }
    [Parameter, EditorRequired] public Guid? Account { get; set; }
    [Parameter] public EventCallback<ChangeEventArgs> OnAccount { get; set; }
    [Inject] public required IJSRuntime Browser { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required IPersonalLook Look { get; init; }

    private string ColorsTitle => Text[_greenUp ? "ColorsGreenUp" : "ColorsRedUp"];

    private string LanguageAddress =>
        $"/display/language/{(Display.IsChinese ? "en" : "zh-CN")}?back={Uri.EscapeDataString("/" + Navigation.ToBaseRelativePath(Navigation.Uri))}";

    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;

    // The language switch comes back to the page one is on.
    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(StateHasChanged);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _light = await Browser.InvokeAsync<string>("quantdash.displayed", "theme") == "light";
        _greenUp = await Browser.InvokeAsync<string>("quantdash.displayed", "colors") == "green-up";
        StateHasChanged();
    }

    private async Task SwitchThemeAsync()
    {
        _light = !_light;
        await ShowAsync("theme", Display.ThemeCookie, _light ? "light" : "dark");
    }

    private async Task SwitchColorsAsync()
    {
        _greenUp = !_greenUp;
        await ShowAsync("colors", Display.ColorsCookie, _greenUp ? "green-up" : "red-up");
    }

    private async Task ShowAsync(string attribute, string cookie, string value)
    {
        await Browser.InvokeVoidAsync("quantdash.display", attribute, cookie, value);
        await Look.KeepAsync(cookie, value);
    }
}
