using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Circuits;

/// <summary>RELIABILITY.md D4: a page that sends what its own script never would. It may be ended; nothing is traded, nothing is written, nobody else notices. (What a real page's own
/// fields are made to say: TamperedPageTests.)</summary>
[Trait(Profile.Reliability, "D4")]
[Collection(OneAtATime.Name)]
public sealed class D4Tests
{
    private static readonly string Large = new('9', 1_000_000);

    private static readonly (string Target, object?[] Arguments)[] Calls =
    [
        ("BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", 1, """[{"eventHandlerId":999999,"eventName":"click"},{"type":"click"}]"""]),
        ("BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", -1, "[]"]),
        ("BeginInvokeDotNetFromJS", ["1", "QuantDash.Web", "Program.<Main>$", 0, "[]"]),
        ("BeginInvokeDotNetFromJS", ["1", "QuantDash.Core", "PlaceOrder", 0, """[{"account_id":"x"}]"""]),
        ("BeginInvokeDotNetFromJS", ["1", "System.Private.CoreLib", "System.Environment.Exit", 0, "[1]"]),
        ("EndInvokeJSFromDotNet", [long.MaxValue, true, "[1,true,{\"a\":[[[[]]]]}]"]),
        ("OnRenderCompleted", [long.MaxValue, null]),
        ("OnRenderCompleted", [-5L, "Error: made up"]),
        ("OnLocationChanged", ["http://evil.example/", null, false]),
        ("OnLocationChanging", [7L, "http://127.0.0.1/../../etc/passwd", null, true]),
        ("UpdateRootComponents", ["""{"batchId":2,"operations":[{"type":"add","ssrComponentId":9,"marker":{"type":"server","sequence":0,"descriptor":"made up"}}]}""", ""]),
        ("StartCircuit", ["http://evil.example/", "http://evil.example/", "[]", ""]),
        ("NoSuchMethod", ["x", null, 5L]),
        ("BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", 1, Large]),
        (Large, []),
    ];

    [Fact]
    public async Task Calls_ThatNoPageOffers_ChangeNothing()
    {
        await using var rig = await CircuitRig.StartAsync();
        await using var bystander = await rig.OpenAsync("/positions");
        foreach (var (target, arguments) in Calls)
        {
            await using var page = await rig.OpenAsync("/positions");
            for (var i = 0; i < 3; i++) await page.CallAsync(target, arguments);
            if (arguments.Contains(Large) || target == Large) await page.Ended.WaitAsync(TimeSpan.FromSeconds(60));
            (await rig.Client.ItemsAsync("api/orders", rig.Account)).ShouldBeEmpty(target);
        }

        var before = bystander.Batches;
        await TradingClient.EventuallyAsync(
            async () =>
            {
                await rig.TickAsync(5000 + (bystander.Batches % 2 * 10));
                return bystander.Batches;
            },
            batches => batches > before + 3);
        bystander.Ended.IsCompleted.ShouldBeFalse();
        bystander.Batches.ShouldBeGreaterThan(before + 3);
        await rig.MustFireAsync();
    }
}
