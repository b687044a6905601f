using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using QuantDash.Core.Engine;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Appearance;

/// <summary>Lets this browser hear what happens from now on; which of it, the browser has chosen for itself.</summary>
public sealed class SoundBell : LiveComponent<TapeSlice<TapeEvent>>
{
    [Inject] public required EventTape<TapeEvent> Tape { get; init; }
    [Inject] public required TimeProvider Time { get; init; }
    [Inject] public required IJSRuntime Browser { get; init; }

    protected override IAsyncEnumerable<TapeSlice<TapeEvent>> Source(CancellationToken stop) => Tape.WatchAsync(Tape.LastNumber, Paces.Tape, Time, stop);

    protected override void OnView(TapeSlice<TapeEvent> view)
    {
        string[] heard = [.. view.Items.Select(Sounds.Of).OfType<SoundKind>().Distinct().Select(Sounds.Name)];
        if (heard.Length > 0) Begin(() => RingAsync(heard));
    }

    private async Task RingAsync(string[] heard)
    {
        try
        {
            await Browser.InvokeVoidAsync("quantdash.sounds.ring", [heard]);
        }
        catch (Exception e) when (e is JSDisconnectedException or TaskCanceledException)
        {
            // The browser is away, or did not answer within a minute: it hears nothing, and the tape keeps it.
        }
    }
}
