using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Strategies;

namespace QuantDash.Tests.Web.Features.Strategies;

public sealed class StrategyDialogTests : ScreenContext
{
    private readonly SampleStrategyControls _controls = new();
    private bool _closed;

    public StrategyDialogTests() => Services.AddSingleton<IStrategyControls>(_controls);

    [Fact]
    public void NewOne_IsSavedAsItWasWritten()
    {
        var dialog = Open(new() { Definition = "sma-cross" });
        dialog.Find("#strategy-name").Change("Trend");
        dialog.Find("#strategy-symbols").Change("TA2505");
        dialog.Find("#strategy-bars").Change("5m");
        dialog.Find("#strategy-mode").Change("Shadow");
        dialog.Find("#parameter-fast").Change("7");
        dialog.Find("#strategy-hours").Change("Between");
        dialog.FindAll("input[type=time]")[0].Change("09:30");
        dialog.FindAll("input[type=time]")[1].Change("14:30");
        dialog.Find("#save-strategy").Click();

        var (id, request) = _controls.Saved.ShouldHaveSingleItem();
        (id, request.Name, request.BarLength.ToString(), request.Mode, request.AccountId).ShouldBe((null, "Trend", "5m", StrategyMode.Shadow, SampleSnapshot.Demo));
        request.Symbols.ShouldBe([SampleSnapshot.Pta.Symbol]);
        request.Parameters["fast"].ShouldBe("7");
        request.Schedule.ShouldBe(StrategySchedule.Between(new(9, 30), new(14, 30)));
        _closed.ShouldBeTrue();
    }

    [Fact]
    public void EveryMistake_IsSaidAtItsField_AndNothingIsSaved()
    {
        var dialog = Open(new() { Definition = "sma-cross" });
        dialog.Find("#strategy-symbols").Change("TA2505, v2505, nothing");
        dialog.Find("#parameter-fast").Change("0");
        dialog.Find("#strategy-hours").Change("Between");
        dialog.Find("#save-strategy").Click();

        var errors = string.Join('|', dialog.FindAll(".error").Select(error => error.TextContent));
        errors.ShouldContain("Required.");
        errors.ShouldContain("nothing");
        errors.ShouldContain("This strategy trades one contract, not 2.");
        errors.ShouldContain("0 is out of range; allowed: 1 to 1000.");
        errors.ShouldContain("Needs two different times");
        _controls.Saved.ShouldBeEmpty();
        _closed.ShouldBeFalse();
    }

    [Fact]
    public void RefusalOfTheEngine_StandsAtItsField()
    {
        _controls.Refusals.Add(new Problem("mode", "paper_needs_simulated", "CTP"));
        var dialog = Open(new() { Definition = "sma-cross", Name = "Trend", Symbols = "TA2505" });
        dialog.Find("#save-strategy").Click();

        dialog.Find(".error").TextContent.ShouldContain("Paper trading needs an account with the simulated venue");
        _closed.ShouldBeFalse();
    }

    [Fact]
    public void WatchListFile_FillsTheContracts_OrNamesItsLines()
    {
        var dialog = Open(new() { Definition = "opening-buyer", Name = "List" });
        _controls.WatchList = Outcome<IReadOnlyList<Symbol>>.Failure("watch_list", "watch_list_symbol", 4, "ABC", "hk");
        dialog.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("markets:", "list.yml"));
        dialog.WaitForAssertion(() => dialog.Find(".error").TextContent.ShouldContain("Line 4"));

        _controls.WatchList = Outcome<IReadOnlyList<Symbol>>.Success([SampleSnapshot.Pta.Symbol, SampleSnapshot.Pvc.Symbol]);
        dialog.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("markets:", "list.yml"));
        dialog.WaitForAssertion(() => dialog.Find("#strategy-symbols").GetAttribute("value").ShouldBe("CZCE.TA2505, DCE.v2505"));
        dialog.Find("#save-strategy").Click();

        _controls.Saved.ShouldHaveSingleItem().Request.Symbols.Count.ShouldBe(2);
    }

    [Fact]
    public void Change_SaysWhenItCounts_AndReadsBackTheSame()
    {
        var snapshot = SampleStrategies.In(SampleSnapshot.At(SampleSnapshot.Now));
        var card = StrategyCardView.Of(snapshot, snapshot.Strategies[0]);
        var dialog = Open(StrategyDraft.Of(card.Instance), card);

        dialog.Markup.ShouldContain("a change takes effect when this strategy is started again");
        dialog.Find("#strategy-definition").HasAttribute("disabled").ShouldBeTrue();
        dialog.Find("#save-strategy").Click();

        var (id, request) = _controls.Saved.ShouldHaveSingleItem();
        var same = StrategyRequest.Of(card.Instance);
        id.ShouldBe(SampleStrategies.Trend);
        (request.Name, request.Definition, request.AccountId, request.BarLength, request.Mode, request.Priority, request.Schedule, request.IsActive).ShouldBe(
            (same.Name, same.Definition, same.AccountId, same.BarLength, same.Mode, same.Priority, same.Schedule, same.IsActive));
        request.Symbols.ShouldBe(same.Symbols);
        request.Parameters.ShouldBe(same.Parameters);
    }

    private IRenderedComponent<StrategyDialog> Open(StrategyDraft draft, StrategyCardView? existing = null) => Render<StrategyDialog>(p => p
        .Add(d => d.Draft, draft).Add(d => d.Existing, existing).Add(d => d.Accounts, [.. SampleSnapshot.At(SampleSnapshot.Now).Accounts.Select(view => view.Account)]).Add(d => d.OnClose, () => _closed = true));
}
