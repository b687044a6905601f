using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Accounts;

namespace QuantDash.Tests.Web.Features.Accounts;

public sealed class AccountsPageTests : ScreenContext
{
    private readonly SampleAccountDesk _desk = new(new());

    public AccountsPageTests()
    {
        Services.AddSingleton<IAccountDesk>(_desk);
        this.AddAuthorization().SetAuthorized("admin");
    }

    [Fact]
    public void Accounts_AreListedWithVenueLinkAndWhatStaysWithThem()
    {
        var row = Render<AccountsPage>().WaitForElement("#accounts tbody tr");
        row.TextContent.ShouldContain("demo");
        row.QuerySelector(".pill")!.TextContent.ShouldBe("up");
        row.TextContent.ShouldContain("legs");
    }

    [Fact]
    public void Account_New_IsMadeFromTheForm_AndARefusalIsSaidAtItsField()
    {
        var page = Render<AccountsPage>();
        page.WaitForElement("#new-account").Click();
        page.Find("#account-name").Change("Main");
        page.Find("#account-venue").Change("bridge");
        page.FindAll("#account-balance").ShouldBeEmpty("the bridge program tells it");
        page.Find("#account-external").Change(" 880001 ");
        _desk.Refusal = new("external_id", "already_exists", "880001");
        page.Find("#create-account").Click();
        page.Find(".dialog .error").TextContent.ShouldContain("880001");

        _desk.Refusal = null;
        page.Find("#create-account").Click();

        page.FindAll(".dialog").ShouldBeEmpty();
        _desk.Created.ShouldHaveSingleItem().ShouldBe(new("Main", "bridge", "CNY", null, "880001", null));
    }

    [Fact]
    public void Account_IsClosed_OnlyByWhoShowsWhoItIs_AndWhatIsLeftInItIsSaid()
    {
        Reconfirmed.IsFresh = false;
        PublishReal(closedAt: null);
        var page = Render<AccountsPage>();
        page.WaitForElement("[data-close]").Click();
        page.Find("#close-account").TextContent.ShouldContain("statements and the funds curve stay");
        page.Find("#confirm-close").Click();
        _desk.Switched.ShouldBeEmpty("the password is asked for first");

        Reconfirmed.IsFresh = true;
        _desk.Refusal = new("account_id", "account_has_positions", 3);
        page.Find("#confirm-close").Click();
        page.Find("#close-account li").TextContent.ShouldContain("legs: 3");

        _desk.Refusal = null;
        page.Find("#confirm-close").Click();
        _desk.Switched.ShouldHaveSingleItem().ShouldBe((SampleSnapshot.Demo, false));
        page.FindAll("#close-account").ShouldBeEmpty();
    }

    [Fact]
    public void Account_ThatIsClosed_SaysSince_AndIsOpenedAgain()
    {
        var page = Render<AccountsPage>();
        page.WaitForElement("#accounts tbody tr").QuerySelector("[data-close]").ShouldBeNull("the demo has a switch of its own");
        PublishReal(closedAt: SampleSnapshot.Now);
        page.WaitForAssertion(() => page.Find("#accounts .pill").TextContent.ShouldBe("closed"));
        page.Find("[data-close]").Click();
        page.Find("#confirm-close").Click();
        _desk.Switched.ShouldHaveSingleItem().ShouldBe((SampleSnapshot.Demo, true));
    }

    [Fact]
    public void Account_IsRenamed_OnlyByWhoShowsWhoItIs()
    {
        Reconfirmed.IsFresh = false;
        var page = Render<AccountsPage>();
        page.WaitForElement("#accounts tbody tr button").Click();
        page.Find("#new-name").Change("Practice");
        page.Find("#save-account").Click();
        _desk.Renamed.ShouldBeEmpty("the password is asked for first");

        Reconfirmed.IsFresh = true;
        page.Find("#save-account").Click();

        _desk.Renamed.ShouldHaveSingleItem().ShouldBe((SampleSnapshot.Demo, "Practice", SampleSnapshot.At(SampleSnapshot.Now).Accounts[0].Account.ExternalId));
    }

    private void PublishReal(DateTimeOffset? closedAt)
    {
        var sample = Snapshots.Current;
        Publish(sample with { Accounts = [.. sample.Accounts.Select(view => view with { Account = view.Account with { IsDemo = false, ClosedAt = closedAt } })] });
    }
}
