using Microsoft.AspNetCore.Components;

namespace QuantDash.Web.Ui;

/// <summary>A figure with fixed decimals. Takes primitives only, so the framework skips it while nothing changed.</summary>
public sealed partial class Num
{
    private decimal? _last;
    private bool _seen;
    private string _moved = "";

    [Parameter, EditorRequired] public decimal? Value { get; set; }
    [Parameter] public int Places { get; set; }

    /// <summary>Writes the plus sign too.</summary>
    [Parameter] public bool Signed { get; set; }

    /// <summary>Coloured by its sign.</summary>
    [Parameter] public bool Toned { get; set; }

    /// <summary>Tints its place for a moment when it changes.</summary>
    [Parameter] public bool Flash { get; set; }

    private string ToneCss => Toned ? Tones.Of(Value).Css() : Value is null ? "weak" : "";

    protected override void OnParametersSet()
    {
        if (_seen && _last is { } last && Value is { } now && now != last) _moved = now > last ? "rose" : "fell";
        _seen = true;
        _last = Value;
    }
}
