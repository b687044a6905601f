using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Recovery.Venue;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Bridge;
using Xunit.Abstractions;

namespace QuantDash.Tests.Recovery.Wire;

/// <summary>RELIABILITY.md B3, a reconnect storm. A venue does not let us connect to it here: its program asks us, so how often it tries is its own business, and ours is to stand it:
/// no question is left open, no order is handed out twice, processor and memory stay bounded. The server that we do call, ntfy, has our back-off: NotificationSenderTests.</summary>
[Collection(Wire.Name)]
[Trait(Profile.Reliability, "B3")]
public sealed class B3Tests(WireFixture wire, ITestOutputHelper output)
{
    private const double MostOfACore = 0.2;
    private const int MostGrowthInMegabytes = 60;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(Profile.Number(3, 300));
    private static readonly TimeSpan BetweenDrops = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task B3_ProgramDroppedEvery200Milliseconds_EachOrderOnce_AndNoQuestionStaysOpen()
    {
        var before = wire.App.Services.GetRequiredService<BridgeWaiting>().Open;
        var (drops, orders) = await StormAsync(wire.Trader, TimeSpan.FromSeconds(3));
        await TradingClient.EventuallyAsync(
            () => Task.FromResult(wire.App.Services.GetRequiredService<BridgeWaiting>().Open), open => open <= before);
        wire.App.Services.GetRequiredService<BridgeWaiting>().Open.ShouldBeLessThanOrEqualTo(before, "a question is still open");
        wire.App.Rebuilt.ShouldBe((0, null));
        output.WriteLine($"{drops} drops, {orders} orders each once, no question left open");
    }

    /// <summary>In a process of its own, so that what it costs can be told from what the test costs.</summary>
    [FullFact]
    public async Task B3_StormOfFiveMinutes_CostsLittle()
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        await StormAsync(Trader.Of(app), TimeSpan.FromSeconds(5)); // Everything was used once.
        using var process = Process.GetProcessById(app.ProcessId);
        process.Refresh();
        var (cpu, memory, clock) = (process.TotalProcessorTime, process.WorkingSet64, Stopwatch.StartNew());
        var (drops, orders) = await StormAsync(Trader.Of(app), Long);
        process.Refresh();
        var share = (process.TotalProcessorTime - cpu) / clock.Elapsed;
        var grown = (process.WorkingSet64 - memory) / (1024 * 1024);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0} s, {drops} drops, {orders} orders each once: {share:P1} of a core, {grown} MB more"));
        share.ShouldBeLessThan(MostOfACore);
        grown.ShouldBeLessThan(MostGrowthInMegabytes);
    }

    /// <summary>Orders by hand go out all the while.</summary>
    private static async Task<(int Drops, int Orders)> StormAsync(Trader trader, TimeSpan duration)
    {
        var desk = await VenueDesk.OpenAsync(trader, $"storm-{Guid.NewGuid():N}"[..20]);
        await using var proxy = new FaultProxy(trader.Address);
        await using var program = await desk.ServeAsync(proxy.Address, VenueScript.Always(VenueFault.None), new() { Wait = 30 });
        var (drops, orders, clock) = (0, new List<string>(), Stopwatch.StartNew());
        while (clock.Elapsed < duration)
        {
            await Task.Delay(BetweenDrops); // what the storm is made of
            proxy.DropAll();
            if (drops++ % 5 == 0) orders.Add(await desk.OrderAsync());
        }
        foreach (var order in orders) (await desk.UntilStatusAsync(order, "filled", "cancelled")).ShouldBe("filled");
        program.Refused.ShouldBeEmpty();
        desk.Venue.Orders.Select(order => order.Id).ShouldBe(orders, ignoreOrder: true);
        await desk.Books.ShouldAgreeWithAsync(desk.Venue, "storm");
        await desk.Books.FillsShouldBeTheLegsAsync(orders.Count, VenueDesk.Leg, "storm");
        await StormBooks.AuditShouldBeWholeAsync(trader.Client, "storm");
        return (drops, orders.Count);
    }
}
