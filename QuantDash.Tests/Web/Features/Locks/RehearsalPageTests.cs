using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Locks;

namespace QuantDash.Tests.Web.Features.Locks;

public sealed class RehearsalPageTests : ScreenContext
{
    private readonly StubDesk _desk = new();

    public RehearsalPageTests() => Services.AddSingleton<IRehearsalDesk>(_desk);

    [Fact]
    public void Page_BeforeAnything_SaysWhatToDo()
    {
        var page = Render<RehearsalPage>();
        page.FindAll("[data-scenario]").ShouldBeEmpty();
        page.Find(".empty").TextContent.ShouldContain("press Rehearse");
    }

    [Fact]
    public void Rehearsed_ShowsPricesFundsRulesAndLocks()
    {
        var page = Render<RehearsalPage>();
        page.Find("#rehearsal-gap").Change("2");
        page.Find("#rehearse").Click();
        _desk.Asked.ShouldBe(new RehearsalRequest(SampleSnapshot.Demo, new(0.02m), new(0.05m)));
        var card = page.Find(".card.scenario");
        card.TextContent.ShouldContain("Opens 2 % lower");
        card.QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr td").Select(cell => cell.TextContent.Trim()).ShouldContain("6 / 6");
        card.QuerySelectorAll("table")[1].TextContent.ShouldContain("new");
        card.TextContent.ShouldContain("Not reached: 1 rule.");
    }

    [Fact]
    public void Refused_NamesTheField()
    {
        var page = Render<RehearsalPage>();
        _desk.Problems = [new("gap_percent", "out_of_range", 0.1m, 30m, 40m)];
        page.Find("#rehearse").Click();
        page.Find(".ask").TextContent.ShouldContain("between 0.1 and 30");
        page.FindAll("[data-scenario]").ShouldBeEmpty();
    }

    private sealed class StubDesk : IRehearsalDesk
    {
        public RehearsalRequest? Asked { get; private set; }
        public IReadOnlyList<Problem> Problems { get; set; } = [];

        public Task<Outcome<IReadOnlyList<RehearsalOutcome>>> RunAsync(RehearsalRequest request, CancellationToken stop = default)
        {
            Asked = request;
            if (Problems.Count > 0) return Task.FromResult(Outcome<IReadOnlyList<RehearsalOutcome>>.Failure(Problems));
            var funds = SampleSnapshot.At(SampleSnapshot.Now).Accounts[0].Funds;
            var symbol = SampleSnapshot.Pta.Symbol;
            return Task.FromResult(Outcome<IReadOnlyList<RehearsalOutcome>>.Success(
            [
                new(
                    RehearsalScenario.GapDown, funds, funds with { Equity = funds.Equity - 1000m }, [new(symbol, new(5690), new(5576))], [],
                    [
                        new(Guid.NewGuid(), symbol, Side.Long, RehearsedDeed.Done, ConditionKind.Stop, new(6), new(6), null),
                        new(Guid.NewGuid(), symbol, Side.Long, RehearsedDeed.Nothing, null, Volume.Zero, Volume.Zero, null),
                    ],
                    [new(Guid.NewGuid(), symbol, Side.Long, new(6), -4920m, LockStatus.Active, true)],
                    [new(symbol, Side.Long, new(10), new(10), 9500m, 3800m)]),
            ]));
        }
    }
}
