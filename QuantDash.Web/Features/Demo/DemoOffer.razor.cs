using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Demo;

/// <summary>Offers the demo while there is nothing to look at.</summary>
public sealed partial class DemoOffer : LiveComponent<EngineSnapshot>
{
    private bool _offered;
    private bool _busy;
    private string? _problem;

    [Inject]
    public required DemoService Demo { get; init; }

    [Inject]
    public required ScreenFeed Feed { get; init; }

    protected override IAsyncEnumerable<EngineSnapshot> Source(CancellationToken stop) => Feed.WatchAsync(Paces.Funds, stop);

    protected override void OnView(EngineSnapshot view) => _offered = Demo.IsOffered(view);

    private async Task AcceptAsync()
    {
        _busy = true;
        try
        {
            await Demo.AcceptAsync();
        }
        catch (InvalidOperationException e)
        {
            _problem = e.Message;
            _busy = false;
        }
    }
}
