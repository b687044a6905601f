using Bunit;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Bridge;

namespace QuantDash.Tests.Web.Features.Bridge;

public sealed class BridgePageTests : ScreenContext
{
    [Fact]
    public void Page_WithoutABridgeAccount_SaysHowToMakeOne()
    {
        var page = Render<BridgePage>();
        page.Find(".empty h3").TextContent.ShouldBe("No account trades over a bridge");
        page.Find("pre").TextContent.ShouldContain("\"venue\": \"bridge\"");
    }

    [Fact]
    public void Link_Up_ShowsItsEpochAndTheStartCommandsOfThisAccount()
    {
        Show(up: true);
        var page = Render<BridgePage>();
        page.Find(".card header .pill").TextContent.ShouldBe("connected");
        page.Find(".epoch").TextContent.ShouldBe("e1");
        var commands = page.FindAll(".command pre").Select(line => line.TextContent).ToList();
        commands[0].ShouldBe("python bridges/qd_vnpy.py --url http://localhost --account 880001 --key qd_… --setting connect_ctp.json");
        commands[1].ShouldContain("\"http://localhost\", \"880001\"");
    }

    [Theory]
    [InlineData(null, false, "not heard")]
    [InlineData(5, false, "waits for positions")]
    [InlineData(90, false, "silent")]
    [InlineData(5, true, "two programs")]
    public void Link_Down_SaysWhy(int? heardSecondsAgo, bool contested, string state)
    {
        Show(up: false, heardSecondsAgo, contested);
        Render<BridgePage>().Find(".card header .pill").TextContent.ShouldBe(state);
    }

    [Fact]
    public void Unknown_IsShownWithTheWayToItsSettling()
    {
        Show(up: true);
        var page = Render<BridgePage>();
        page.Find("table.unknown tbody tr").GetAttribute("data-order").ShouldBe("QD261120ABCDEFGHJKMNPQRS-7");
        page.FindAll("a").ShouldContain(link => link.GetAttribute("href") == "/orders");
    }

    private void Show(bool up, int? heardSecondsAgo = 2, bool contested = false)
    {
        var now = SampleSnapshot.Now;
        var sample = SampleSnapshot.At(now);
        var account = new Account
        {
            Id = new(new("33333333-3333-4333-8333-333333333333")), Name = "CTP", Venue = VenueKind.Bridge, Currency = Currency.Cny, Source = SampleSnapshot.Source,
            ExternalId = "880001", CreatedAt = now,
        };
        var order = sample.Orders[0] with
        {
            Id = new("QD261120ABCDEFGHJKMNPQRS-7"), AccountId = account.Id, State = OrderState.Unknown, Volume = new(10), FilledVolume = Volume.Zero, VenueOrderId = null,
        };
        var heard = heardSecondsAgo is { } seconds ? now.AddSeconds(-seconds) : (DateTimeOffset?)null;
        var view = sample.Accounts[0] with
        {
            Account = account, LinkUp = up, Positions = [], Bridge = new("e1", !up, contested, heard, [new(7, BridgeAction.Place, order, now.AddSeconds(-6))]),
        };
        Publish(sample with { Accounts = [.. sample.Accounts, view], Orders = [.. sample.Orders, order], Unknown = [new(order, true, 1, null, now.AddMinutes(1), false)] });
    }
}
