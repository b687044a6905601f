using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace QuantDash.Web.Features.Orders;

/// <summary>A page whose address says what is looked for: another search is another address, and the browser's back button the last one.</summary>
public abstract class SearchPage : ComponentBase, IDisposable
{
    [Inject] public required NavigationManager Navigation { get; init; }

    protected OrderSearch Search { get; private set; } = new();

    protected override void OnInitialized()
    {
        Search = OrderSearch.Read(Navigation.Uri);
        Navigation.LocationChanged += OnLocationChanged;
    }

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        GC.SuppressFinalize(this);
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        Search = OrderSearch.Read(change.Location);
        _ = InvokeAsync(StateHasChanged);
    }
}
