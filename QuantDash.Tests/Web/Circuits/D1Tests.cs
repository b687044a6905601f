using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using QuantDash.Web.Configuration;
using QuantDash.Web.Shell;

namespace QuantDash.Tests.Web.Circuits;

/// <summary>RELIABILITY.md D1: pages that come and go without end. What trades goes on, no more is kept than said, and one person cannot take all.</summary>
[Trait(Profile.Reliability, "D1")]
[Collection(OneAtATime.Name)]
public sealed class D1Tests
{
    private const int AtOnce = 10;
    private static readonly int Pages = Profile.Number("QUANTDASH_CIRCUITS", 100, 2_000);
    private static readonly string[] Paths = ["/", "/market", "/positions", "/lock", "/account", "/trades"];

    [Fact]
    public async Task Pages_ThatComeAndGoAtRandom_LeaveNothingBehind_AndTheRuleFires()
    {
        await using var rig = await CircuitRig.StartAsync();
        var random = new Random(20_261_122);
        var plans = Enumerable.Range(0, Pages).Select(i => (Path: Paths[i % Paths.Length], Drops: random.Next(3) > 0, Batches: random.Next(1, 6))).ToList();
        for (var i = 0; i < Pages; i += AtOnce)
        {
            await Task.WhenAll(plans.Skip(i).Take(AtOnce).Select(plan => VisitAsync(rig, plan.Path, plan.Batches, plan.Drops)));
            await rig.TickAsync(5000 + (2 * (i / AtOnce % 50)));
            rig.WindowsHeld.ShouldBeLessThanOrEqualTo(new LimitOptions().WindowsPerPerson);
        }

        (await TradingClient.EventuallyAsync(() => Task.FromResult(rig.Screens.Connected), connected => connected == 0)).ShouldBe(0);
        (await TradingClient.EventuallyAsync(() => Task.FromResult(rig.Screens.Open), open => open <= ScreenRegistration.MostRetained)).ShouldBeLessThanOrEqualTo(ScreenRegistration.MostRetained);
        await rig.MustFireAsync();
    }

    [Fact]
    public async Task Windows_AboveTheMostOfOnePerson_AreEnded_AndThoseBeforeLive()
    {
        await using var rig = await CircuitRig.StartAsync();
        var most = new LimitOptions().WindowsPerPerson;
        var pages = new List<CircuitClient>();
        try
        {
            for (var i = 0; i < most; i++) pages.Add(await rig.OpenAsync("/system/audit"));
            rig.WindowsHeld.ShouldBe(most);
            await using var another = await rig.OpenAsync("/system/audit");
            await another.Ended.WaitAsync(TimeSpan.FromSeconds(60));
            pages.ShouldAllBe(page => !page.Ended.IsCompleted);
            rig.WindowsHeld.ShouldBe(most);
            await rig.MustFireAsync();
        }
        finally
        {
            foreach (var page in pages) await page.DisposeAsync();
        }
    }

    private static async Task VisitAsync(CircuitRig rig, string path, int batches, bool drops)
    {
        await using var page = await rig.OpenAsync(path);
        await TradingClient.EventuallyAsync(() => Task.FromResult(page.Batches), seen => seen >= batches || page.Ended.IsCompleted);
        if (drops) page.Drop();
    }
}
