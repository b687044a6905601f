using System.Text.Json;
using QuantDash.Tests.Recovery.Venue;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Recovery.Wire;

/// <summary>One QuantDash on a real port for all tests of what goes wrong between it and a program; each test has an account of its own.</summary>
public sealed class WireFixture : IDisposable
{
    private readonly Lazy<Dictionary<VenueFault, Task<string>>> _manners;

    public WireFixture() => _manners = new(() => Enum.GetValues<VenueFault>().ToDictionary(fault => fault, RunAsync));

    public KestrelApp App { get; } = new();

    internal Trader Trader => Trader.Of(App);

    /// <summary>The run in which every order met this fault. All of them run side by side, for most of their time is waiting.</summary>
    public Task<string> MannerAsync(VenueFault fault) => _manners.Value[fault];

    public void Dispose() => App.Dispose();

    private async Task<string> RunAsync(VenueFault fault)
    {
        const int rules = 3;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var desk = await VenueDesk.OpenAsync(Trader, "always-" + JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString()));
        await using var program = await desk.ServeAsync(App.Address, VenueScript.Always(fault));
        await desk.ArmAsync(rules);
        await desk.FallAndSettleAsync(rules);
        await desk.ShouldBalanceAsync(program, $"every order {fault}");
        desk.Venue.Orders.Count(order => order.Fault == fault).ShouldBe(desk.Venue.Orders.Count);
        return $"{fault}: {rules} firings, {desk.Venue.Orders.Count} orders at the venue, all with it; 0 lost, 0 doubled; {clock.Elapsed.TotalSeconds:0.0} s";
    }
}

[CollectionDefinition(Name)]
public sealed class Wire : ICollectionFixture<WireFixture>
{
    public const string Name = "wire";
}
