using Microsoft.AspNetCore.Components.Server;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Circuits;

/// <summary>RELIABILITY.md D2: a page that says nothing back. Its own drawing stops at what the server holds for it; the others go on.</summary>
[Trait(Profile.Reliability, "D2")]
[Collection(OneAtATime.Name)]
public sealed class D2Tests
{
    [Fact]
    public async Task Page_ThatNeverAcknowledges_GetsNoMoreThanTheServerHolds_AndAnotherGoesOn()
    {
        var held = new CircuitOptions().MaxBufferedUnacknowledgedRenderBatches;
        await using var rig = await CircuitRig.StartAsync();
        await using var silent = await rig.OpenAsync(acknowledges: false);
        await using var live = await rig.OpenAsync();

        await DrawAsync(rig, live, live.Batches + (3 * held));
        silent.Batches.ShouldBeInRange(2, held);
        var stopped = silent.Batches;
        await DrawAsync(rig, live, live.Batches + (3 * held));
        silent.Batches.ShouldBe(stopped);
        silent.Ended.IsCompleted.ShouldBeFalse("it may wake up again");
        await rig.MustFireAsync();
    }

    /// <summary>Prices move until this page has drawn so much.</summary>
    private static Task<int> DrawAsync(CircuitRig rig, CircuitClient page, int until)
    {
        var price = 5000m;
        return TradingClient.EventuallyAsync(
            async () =>
            {
                await rig.TickAsync(price = price > 5400 ? 5000 : price + 2);
                return page.Batches;
            },
            drawn => drawn >= until);
    }
}
