using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Streams;

namespace QuantDash.Tests.Web.Features.Streams;

public sealed class StreamSocketTests
{
    [Fact]
    public async Task Program_ThatTakesNothing_IsLetGoAfterTenSeconds_AndHoldsOneMessage()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var clock = new FakeTimeProvider();
        var made = 0;
        using var stuck = new StuckSocket();
        await LetGoAsync(stuck, new(services.GetRequiredService<IMeterFactory>()), clock, Messages());
        (clock.GetUtcNow() - new FakeTimeProvider().GetUtcNow()).ShouldBeInRange(StreamSocket.Patience, StreamSocket.Patience + TimeSpan.FromSeconds(5));
        made.ShouldBe(1);

        async IAsyncEnumerable<object> Messages()
        {
            while (true)
            {
                made++;
                yield return new { type = "quote" };
                await Task.Yield();
            }
        }
    }

    /// <summary>Sends to a program that takes nothing until it is let go.</summary>
    internal static async Task LetGoAsync(StuckSocket stuck, StreamMeter meter, FakeTimeProvider clock, IAsyncEnumerable<object> messages)
    {
        var run = new StreamSocket(stuck, StreamKind.Market, meter, clock, NullLogger.Instance).RunAsync(_ => messages, _ => Task.FromResult(true), CancellationToken.None);
        for (var waited = 0; !run.IsCompleted; waited++)
        {
            waited.ShouldBeLessThan(2000);
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(run, Task.Delay(10));
        }

        await run;
    }
}
