using Microsoft.AspNetCore.Components;

namespace QuantDash.Web.Live;

/// <summary>A row of a live table: drawn again only when its row object is another one. View builders therefore reuse the old object while
/// nothing visible changed. Rows with state of their own on the screen do not use this base.</summary>
public abstract class RowComponent<T> : ComponentBase where T : class
{
    private T? _drawn;

    [Parameter, EditorRequired]
    public required T Row { get; set; }

    // The first drawing does not ask ShouldRender.
    protected override void OnInitialized() => _drawn = Row;

    protected override bool ShouldRender()
    {
        if (ReferenceEquals(_drawn, Row)) return false;
        _drawn = Row;
        return true;
    }
}
