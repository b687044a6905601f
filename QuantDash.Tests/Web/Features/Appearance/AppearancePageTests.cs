using Bunit;
using QuantDash.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Appearance;

namespace QuantDash.Tests.Web.Features.Appearance;

public sealed class AppearancePageTests : ScreenContext
{
    [Fact]
    public void Numbers_Chosen_AreRememberedAndThePageOpensAnew()
    {
        var page = Render<AppearancePage>();
        page.Find("[data-grouping=Thousands]").GetAttribute("aria-pressed").ShouldBe("true");
        page.Find("[data-grouping=TenThousands]").TextContent.ShouldContain("1234,5678.90");

        page.Find("[data-grouping=TenThousands]").Click();
        page.Find("#big-units").Change(true);

        JSInterop.Invocations["quantdash.remember"].Select(call => (string)call.Arguments[1]!).ShouldBe(["TenThousands.cents.plain", "TenThousands.cents.big"]);
        Look.Kept.ShouldBe([("qd-numbers", "TenThousands.cents.plain"), ("qd-numbers", "TenThousands.cents.big")], "they go with the person");
    }

    [Fact]
    public void Sounds_AreOffUntilSwitchedOn_AndCanBeTried()
    {
        JSInterop.Setup<string[]>("quantdash.sounds.chosen").SetResult(["asks"]);
        var page = Render<AppearancePage>();
        page.WaitForAssertion(() => page.FindAll("#sounds input[checked]").ShouldHaveSingleItem().Closest("tr")!.GetAttribute("data-sound").ShouldBe("asks"));

        page.Find("tr[data-sound=filled] input").Change(true);
        page.Find("tr[data-sound=asks] input").Change(false);
        page.Find("tr[data-sound=failed] button").Click();

        JSInterop.Invocations["quantdash.sounds.choose"].Select(call => $"{call.Arguments[0]} {call.Arguments[1]}").ShouldBe(["filled True", "asks False"]);
        Look.Kept.ShouldBe([("qd-sounds", "asks,filled"), ("qd-sounds", "filled")]);
        JSInterop.Invocations["quantdash.sounds.test"].Select(call => call.Arguments[0]).ShouldBe(["failed"]);
    }

    [Fact]
    public void Bell_OfWhatHappensFromNowOn_RingsOnceAKind()
    {
        var bell = Render<SoundBell>();
        Append("lock.fired", TapeSeverity.Info);
        Append("order.filled", TapeSeverity.Info);
        Append("lock.executed", TapeSeverity.Success);
        Append("account.created", TapeSeverity.Info);
        Append("lock.failed", TapeSeverity.Danger);

        bell.WaitForAssertion(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            JSInterop.Invocations["quantdash.sounds.ring"].SelectMany(call => (string[])call.Arguments[0]!).Distinct().ShouldBe(["fired", "filled", "failed"], ignoreOrder: true);
        });
    }

    private void Append(string key, TapeSeverity severity) =>
        Tape.Append(new() { Number = Tape.LastNumber + 1, At = Clock.GetUtcNow(), Severity = severity, Key = key, Values = [] });
}
