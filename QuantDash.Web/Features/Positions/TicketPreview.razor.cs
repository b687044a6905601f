using Microsoft.AspNetCore.Components;
using QuantDash.Core.Orders;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Positions;

/// <summary>What an order would send, and what would be different after it.</summary>
public sealed partial class TicketPreview
{
    [Parameter, EditorRequired] public required OrderPreview Preview { get; set; }
    [Parameter] public int Places { get; set; }

    /// <summary>What becomes of an order that never waits.</summary>
    private string AtOnce()
    {
        if (Preview.FillsAtOnce is not { } fills) return Text["NoQuoteAtOnce"];
        var asked = Figures.Volume(Preview.PlannedVolume.Value);
        var nothing = fills.IsZero ? "Nothing" : "";
        if (Preview.Request.TimeInForce == TimeInForce.Fak) return Text["FakFills" + nothing, Figures.Volume(fills.Value), asked];
        var shown = Preview.DisplayedVolume is { } volume ? Figures.Volume(volume.Value) : Text[fills.IsZero ? "NoVolume" : "AnyVolume"].Value;
        return Text["FokFills" + nothing, shown, asked];
    }
}
