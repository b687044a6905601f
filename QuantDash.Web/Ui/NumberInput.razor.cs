using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace QuantDash.Web.Ui;

/// <summary>A decimal as people type it: thousands separators and full-width digits are read; what is no number stays visible and counts as empty.</summary>
public sealed partial class NumberInput
{
    private string _text = "";
    private bool _unreadable;
    private decimal? _shown;

    [Parameter, EditorRequired] public required string Id { get; set; }
    [Parameter, EditorRequired] public required string Label { get; set; }
    [Parameter] public decimal? Value { get; set; }
    [Parameter] public EventCallback<decimal?> ValueChanged { get; set; }
    [Parameter] public string? Placeholder { get; set; }
    [Parameter] public bool Disabled { get; set; }
    [Parameter] public bool Invalid { get; set; }

    protected override void OnParametersSet()
    {
        if (_unreadable || (_shown == Value && _text.Length > 0)) return;
        _shown = Value;
        _text = Value?.ToString("0.##########", CultureInfo.InvariantCulture) ?? "";
    }

    private Task ReadAsync(ChangeEventArgs change)
    {
        _text = (change.Value as string)?.Trim() ?? "";
        var plain = _text.Normalize(System.Text.NormalizationForm.FormKC).Replace(",", "", StringComparison.Ordinal);
        var readable = decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        _unreadable = !readable && _text.Length > 0;
        _shown = readable ? number : null;
        return ValueChanged.InvokeAsync(_shown);
    }
}
