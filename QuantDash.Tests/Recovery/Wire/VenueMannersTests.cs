using QuantDash.Tests.Recovery.Venue;
using Xunit.Abstractions;

namespace QuantDash.Tests.Recovery.Wire;

/// <summary>Issue 4, acceptance 3: each of the scripted venue's bad manners by itself, with every order, over real HTTP: nothing lost, nothing twice, the books balance.</summary>
[Collection(Wire.Name)]
public sealed class VenueMannersTests(WireFixture wire, ITestOutputHelper output)
{
    public static TheoryData<VenueFault> Faults() => [.. Enum.GetValues<VenueFault>()];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Venue_WithOneFaultAtEveryOrder_LosesNothingAndDoublesNothing(VenueFault fault) => output.WriteLine(await wire.MannerAsync(fault));

    /// <summary>A counter that sends all orders and trades of the day again at each log-in, to a program that was started without its memory.</summary>
    [Fact]
    public async Task Venue_ThatReplaysTheWholeDayOnLogIn_ChangesNothing()
    {
        var desk = await VenueDesk.OpenAsync(wire.Trader, "replays-the-day");
        await using (var before = await desk.ServeAsync(wire.App.Address, VenueScript.Always(VenueFault.None)))
        {
            await desk.ArmAsync(4);
            await desk.FallAndSettleAsync(4);
        }
        var told = 0;
        for (var logIn = 0; logIn < 3; logIn++)
        {
            await using var program = await desk.ServeAsync(wire.App.Address, VenueScript.Always(VenueFault.None));
            await wire.App.Client.PostAsync($"api/reconciliation/{desk.Account}", null);
            await desk.UntilAsync("the day is told", () => Task.FromResult(program.DaysTold > 0));
            told += desk.Venue.Day.Count;
            await desk.ShouldBalanceAsync(program, $"log-in {logIn}");
        }
        output.WriteLine($"3 log-ins, {told} trades told again, 0 booked twice");
    }

    [Fact]
    public async Task Audit_AfterAllManners_IsWhole()
    {
        foreach (var fault in Enum.GetValues<VenueFault>()) await wire.MannerAsync(fault);
        await StormBooks.AuditShouldBeWholeAsync(wire.App.Client, "all manners");
        wire.App.Rebuilt.ShouldBe((0, null));
    }
}
