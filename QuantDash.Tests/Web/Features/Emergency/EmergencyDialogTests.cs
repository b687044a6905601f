using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Emergency;
using QuantDash.Web.Security;

namespace QuantDash.Tests.Web.Features.Emergency;

public sealed class EmergencyDialogTests : ScreenContext
{
    private readonly Counter _counter = new();

    public EmergencyDialogTests()
    {
        Services.AddSingleton<IEmergencyCounter>(_counter);
        this.AddAuthorization().SetAuthorized("trader").SetPolicies(Scopes.Trade);
    }

    [Fact]
    public void Stop_Plain_IsOneClickMore()
    {
        var button = Render<EmergencyButton>();
        button.Find("#emergency").Click();
        button.Find("dialog #reason").Change("drill");
        button.Find("dialog footer .danger").Click();
        var told = _counter.Stopped.ShouldHaveSingleItem();
        (told.Then, told.Reason).ShouldBe((EmergencyThen.None, "drill"));
        button.FindAll("dialog").ShouldBeEmpty();
    }

    [Fact]
    public void Flatten_MustBeTicked_AndAgainWhenThePlanChanged()
    {
        var dialog = Render<EmergencyButton>();
        dialog.Find("#emergency").Click();
        dialog.Find("[data-then=Flatten]").Click();
        Stop().HasAttribute("disabled").ShouldBeTrue();
        dialog.Find("dl.pairs").TextContent.ShouldContain("CZCE.TA2701 · close · Long");
        dialog.Find("#sure").Change(true);
        Stop().HasAttribute("disabled").ShouldBeFalse();

        _counter.Volume = 9;
        Publish(SampleSnapshot.At(SampleSnapshot.Now));
        dialog.WaitForAssertion(() => Stop().HasAttribute("disabled").ShouldBeTrue());
        dialog.Find("#sure").Change(true);
        dialog.WaitForAssertion(() => Stop().HasAttribute("disabled").ShouldBeFalse());
        Stop().Click();
        // A click waits its turn behind what the published snapshot still draws.
        dialog.WaitForAssertion(() => _counter.Stopped.ShouldHaveSingleItem().Shown.ShouldBe(_counter.Plan(EmergencyThen.Flatten).Fingerprint));

        AngleSharp.Dom.IElement Stop() => dialog.Find("dialog footer .danger");
    }

    [Fact]
    public void Band_WhileStopped_SaysSinceWhenAndResumes()
    {
        var band = Render<HaltBand>();
        band.FindAll(".halt").ShouldBeEmpty();
        var snapshot = SampleSnapshot.At(SampleSnapshot.Now);
        var first = snapshot.Accounts[0];
        Publish(snapshot with { Accounts = [first with { Account = first.Account with { Halt = new(new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero), "未注明原因") } }] });
        band.WaitForAssertion(() => band.Find(".halt span").TextContent.ShouldBe($"{first.Account.Name} · since 11-20 10:00:00 · no reason given"));
        band.Find("#resume").Click();
        band.WaitForElement("dialog footer .primary").Click();
        band.WaitForAssertion(() => _counter.Resumed.ShouldHaveSingleItem().ShouldBe(first.Account.Id));
    }

    [Fact]
    public void Band_Resumed_AfterAWhile_AsksFirstWhoItIs()
    {
        Reconfirmed.IsFresh = false;
        var band = Render<HaltBand>();
        var snapshot = SampleSnapshot.At(SampleSnapshot.Now);
        var first = snapshot.Accounts[0];
        Publish(snapshot with { Accounts = [first with { Account = first.Account with { Halt = new(SampleSnapshot.Now, "drill") } }] });
        band.WaitForElement("#resume").Click();
        band.WaitForElement("dialog footer .primary").Click();
        Answer("wrong");
        band.WaitForAssertion(() => band.Find("#reconfirm-form .error").TextContent.ShouldBe("The password or code is wrong."));
        _counter.Resumed.ShouldBeEmpty();
        Answer("right");
        band.WaitForAssertion(() => _counter.Resumed.ShouldHaveSingleItem().ShouldBe(first.Account.Id));

        void Answer(string secret)
        {
            band.WaitForElement("#reconfirm").Input(secret);
            band.Find("#reconfirm-form").Submit();
        }
    }

    private sealed class Counter : IEmergencyCounter
    {
        public decimal Volume { get; set; } = 10;
        public List<EmergencyRequest> Stopped { get; } = [];
        public List<AccountId> Resumed { get; } = [];

        public EmergencyPlan Plan(EmergencyThen then)
        {
            var account = SampleSnapshot.At(SampleSnapshot.Now).Accounts[0].Account;
            EmergencyStep[] steps = then == EmergencyThen.None ? [] : [new(account.Id, Symbol.Create("CZCE", "TA2701"), EmergencyStepKind.Close, Side.Long, null, new(Volume), null)];
            return new(then, [new() { Account = account, Replay = false, Cancels = [], Steps = steps, MarginBefore = 20_000m, MarginAfter = 0m, FloatingPnl = 1_000m }]);
        }

        public Task<Outcome<EmergencyPlan>> PreviewAsync(AccountId? account, EmergencyThen then) => Task.FromResult(Outcome<EmergencyPlan>.Success(Plan(then)));

        public Task<Outcome<EmergencyPlan>> StopAsync(EmergencyRequest request)
        {
            Stopped.Add(request);
            return PreviewAsync(null, request.Then);
        }

        public Task<Outcome<IReadOnlyList<Account>>> ResumeAsync(AccountId? account, string reason)
        {
            Resumed.Add(account!.Value);
            return Task.FromResult(Outcome<IReadOnlyList<Account>>.Success([]));
        }
    }
}
