using Bunit;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Market;
using QuantDash.Web.Ui;

namespace QuantDash.Tests.Web.Features.Market;

/// <summary>Whoever may only look sees all prices, and can move nothing.</summary>
public sealed class MarketViewerTests : ScreenContext
{
    private protected override Rights Rights => new(Trade: false, Admin: false);

    [Fact]
    public void Viewer_SeesQuotes_AndNoAlertFormNoSwitchNoHandle()
    {
        var page = Render<MarketPage>();
        page.FindAll(".watch tbody tr").Count.ShouldBe(4);
        page.FindAll(".alert-form").ShouldBeEmpty();
        page.FindAll("[data-main]").ShouldBeEmpty();
        page.FindAll(".hint").ShouldBeEmpty();
    }
}
