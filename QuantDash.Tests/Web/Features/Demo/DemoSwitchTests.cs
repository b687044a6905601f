using System.Net;
using System.Text.Json;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Api;

namespace QuantDash.Tests.Web.Features.Demo;

/// <summary>The demo's switch over HTTP, in the whole application.</summary>
public sealed class DemoSwitchTests
{
    [Fact]
    public async Task Demo_SwitchedOff_StandsStillOverARestart_AndGoesOnWhenItIsSwitchedOn()
    {
        using var folder = new TempFolder();
        using (var rig = Rig(folder, ""))
        {
            var before = (await rig.GetAsync("/api/demo")).Body;
            (before.GetProperty("enabled").GetBoolean(), before.GetProperty("account_id").ValueKind, before.GetProperty("configured").ValueKind).ShouldBe((false, JsonValueKind.Null, JsonValueKind.Null));
            (await rig.PutAsync("/api/demo", """{"enabled":false}""")).Status.ShouldBe(HttpStatusCode.OK, "it is off");
            ApiRig.Codes((await rig.PutAsync("/api/demo", "{}")).Body).ShouldBe(["enabled required"]);
            (await SwitchAsync(rig, true)).GetProperty("enabled").GetBoolean().ShouldBeTrue();
            await MovesAsync(rig);
            (await RulesOnAsync(rig)).ShouldBe(4);

            var off = await SwitchAsync(rig, false);

            off.GetProperty("off_since").ValueKind.ShouldBe(JsonValueKind.String);
            (await RulesOnAsync(rig)).ShouldBe(0);
            (await LegsAsync(rig)).ShouldBe(3, "what it holds stays");
        }

        using (var rig = Rig(folder, ""))
        {
            (await rig.GetAsync("/api/demo")).Body.GetProperty("enabled").GetBoolean().ShouldBeFalse();
            (await TicksAsync(rig)).ShouldBe(0);
            (await LegsAsync(rig)).ShouldBe(3);
            (await SwitchAsync(rig, true)).GetProperty("off_since").ValueKind.ShouldBe(JsonValueKind.Null);
            await MovesAsync(rig);
            (await RulesOnAsync(rig)).ShouldBe(4);
            (await rig.GetAsync("/api/accounts")).Body.GetProperty("items").GetArrayLength().ShouldBe(1, "it is the same one");
        }
    }

    [Theory]
    [InlineData("false", true)]
    [InlineData("true", false)]
    public async Task Demo_ThatTheConfigurationDecides_IsNotSwitched_AndSaysWhy(string configured, bool wished)
    {
        using var folder = new TempFolder();
        using var rig = Rig(folder, configured);
        (await rig.GetAsync("/api/demo")).Body.GetProperty("configured").GetBoolean().ShouldBe(!wished);
        var refused = await rig.PutAsync("/api/demo", wished ? """{"enabled":true}""" : """{"enabled":false}""");
        (refused.Status, string.Join(',', ApiRig.Codes(refused.Body))).ShouldBe((HttpStatusCode.Conflict, "enabled demo_configured"));
        refused.Body.ToString().ShouldContain($"QuantDash:Demo is set to {configured}");
        (await rig.GetAsync("/api/demo")).Body.GetProperty("enabled").GetBoolean().ShouldBe(!wished);
    }

    private static ApiRig Rig(TempFolder folder, string demo) => new(("QuantDash:Demo", demo), ("QuantDash:DataDirectory", folder.File("data")));

    private static async Task<JsonElement> SwitchAsync(ApiRig rig, bool on)
    {
        var (status, body) = await rig.PutAsync("/api/demo", on ? """{"enabled":true}""" : """{"enabled":false}""");
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }

    private static async Task MovesAsync(ApiRig rig)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await TicksAsync(rig) == 0) await timer.WaitForNextTickAsync(deadline.Token);
    }

    private static async Task<long> TicksAsync(ApiRig rig) =>
        (await rig.GetAsync("/api/sources")).Body.GetProperty("items").EnumerateArray().Single(source => source.GetProperty("name").GetString() == "demo").GetProperty("accepted").GetInt64();

    private static async Task<int> RulesOnAsync(ApiRig rig) =>
        (await rig.GetAsync("/api/lock/configs")).Body.GetProperty("items").EnumerateArray().Count(rule => rule.GetProperty("is_enabled").GetBoolean());

    private static async Task<int> LegsAsync(ApiRig rig) => (await rig.GetAsync("/api/positions")).Body.GetProperty("items").GetArrayLength();
}
