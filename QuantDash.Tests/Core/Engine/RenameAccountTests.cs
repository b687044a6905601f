using QuantDash.Core.Engine;

namespace QuantDash.Tests.Core.Engine;

public sealed class RenameAccountTests
{
    private readonly EngineHarness _harness = new();

    [Fact]
    public void Account_Renamed_KeepsItsBooks_AndIsWrittenWithWhatItWas()
    {
        var account = _harness.Account();
        var before = _harness.Snapshot.Accounts.Single(a => a.Account.Id == account);
        var renamed = _harness.Engine.RenameAccount(account, "Main", "880001").Value;

        (renamed.Name, renamed.ExternalId).ShouldBe(("Main", "880001"));
        var after = _harness.Snapshot.Accounts.Single(a => a.Account.Id == account);
        after.Account.ShouldBe(renamed);
        after.Funds.ShouldBe(before.Funds);
        _harness.Journal.Changes.OfType<JournalChange.AccountSaved>().Last().ShouldBe(new(renamed, before.Account));
    }

    [Fact]
    public void Account_RenamedToWhatItIs_WritesNothing_AndAnotherOnesIdIsRefused()
    {
        var (one, other) = (_harness.Account(), _harness.Account());
        _harness.Engine.RenameAccount(one, "Main", "880001").Problems.ShouldBeEmpty();
        var written = _harness.Journal.Changes.Count();
        _harness.Engine.RenameAccount(one, "Main", "880001").Problems.ShouldBeEmpty();
        _harness.Journal.Changes.Count().ShouldBe(written);
        _harness.Engine.RenameAccount(other, "Other", "880001").Problems.ShouldHaveSingleItem().Code.ShouldBe("already_exists");
        _harness.Engine.RenameAccount(new(Guid.NewGuid()), "Nobody", null).Problems.ShouldHaveSingleItem().Code.ShouldBe("unknown_account");
    }
}
