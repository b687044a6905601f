using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Shell;
using QuantDash.Web.Ui;

namespace QuantDash.Tests.Web.Shell;

/// <summary>A closed account is looked at, and not traded with.</summary>
public sealed class AccountRightsTests : ScreenContext
{
    [Theory]
    [InlineData("/positions", true)]
    [InlineData("/lock?new=1", true)]
    [InlineData("/", true)]
    [InlineData("/settings/notifications", false)]
    [InlineData("/market", false)]
    public void Account_Closed_HidesTradingOnThePagesThatTradeWithIt(string page, bool hides)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(page);
        var open = Snapshots.Current;
        var drawn = Render<AccountRights>(part => part.AddChildContent<TraderOnly>(button => button.AddChildContent("<button>Lock</button>")));
        drawn.WaitForElement("button");

        Publish(Closed(open));
        drawn.WaitForAssertion(() => drawn.FindAll("button").Count.ShouldBe(hides ? 0 : 1));

        Publish(open);
        drawn.WaitForAssertion(() => drawn.FindAll("button").ShouldHaveSingleItem());
    }

    [Fact]
    public void TopBar_ListsClosedAccountsLast_AndShowsAnOpenOneUntilAnotherIsChosen()
    {
        var sample = Snapshots.Current;
        var first = sample.Accounts[0];
        var other = first with { Account = first.Account with { Id = new(Guid.NewGuid()), Name = "Main", IsDemo = false } };
        var bar = TopBarView.From(sample with { Accounts = [Closed(sample).Accounts[0], other] }, other);
        bar.Accounts.Select(choice => (choice.Name, choice.IsClosed)).ShouldBe([("Main", false), (first.Account.Name, true)]);
        Services.GetRequiredService<QuantDash.Web.Live.ScreenFeed>().AccountIn(sample with { Accounts = [Closed(sample).Accounts[0], other] }).ShouldBe(other);
    }

    private static EngineSnapshot Closed(EngineSnapshot open) => open with { Accounts = [.. open.Accounts.Select(view => view with { Account = view.Account with { ClosedAt = SampleSnapshot.Now } })] };
}
