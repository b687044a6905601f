using Bunit;
using QuantDash.Core.Locking;
using QuantDash.Tests.Core.Locking;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Locks;

namespace QuantDash.Tests.Web.Features.Locks;

/// <summary>Templates made, changed, renamed and deleted by a form.</summary>
public sealed class TemplateFormTests : ScreenContext
{
    [Fact]
    public void New_Filled_IsKeptAndChosen()
    {
        var page = Open();
        page.Find("#new-template").Click();
        page.Find("#template-form-name").Change("mine");
        page.Find("#profit-per-lot").Change("1,200");
        page.Find("#use-stop-ticks").Change(true);
        page.Find("#stop-ticks").Change("25");
        page.Find("#template-ratio").Change("40");
        page.Find("#confirm-ticks").Change("3");

        page.Find("#template-form").Submit();

        var kept = Templates.Kept.ShouldHaveSingleItem();
        (kept.Name, kept.Terms.ProfitPerLot, kept.Terms.StopTicks, kept.Terms.Ratio, kept.Terms.Options.ConfirmTicks).ShouldBe(("mine", 1200m, 25, 0.4m, 3));
        page.FindAll("#template-form").ShouldBeEmpty();
        page.Find("#template").GetAttribute("value").ShouldBe(kept.Id.ToString());
    }

    [Fact]
    public void Save_WithMistakes_NamesEachFieldAndItsRange()
    {
        var page = Open();
        page.Find("#new-template").Click();
        page.Find("#use-target-ticks").Change(true);
        page.Find("#target-ticks").Change("2.5");
        page.Find("#use-stop-ticks").Change(true);
        page.Find("#stop-ticks").Change("0");
        page.Find("#template-ratio").Change("140");

        page.Find("#template-form").Submit();

        Templates.Kept.ShouldBeEmpty();
        var said = page.FindAll("#template-form .error").Select(e => e.TextContent).ToList();
        said.Count.ShouldBe(5, string.Join(" | ", said));
        said.ShouldContain("Must be a whole number, was 2.5.");
        said.ShouldContain(s => s.Contains("between 1 and 1,000,000", StringComparison.Ordinal) || s.Contains("between 1 and 1000000", StringComparison.Ordinal));
    }

    [Fact]
    public void Edit_OfASample_MakesACopy_AndARenameKeepsItsId()
    {
        var page = Open();
        page.Find("#edit-template").Click();
        page.Find("#template-form").Submit();
        var first = Templates.Kept.ShouldHaveSingleItem();

        page.Find("#edit-template").Click();
        page.Find("#template-form-name").Change("another name");
        page.Find("#template-form").Submit();

        Templates.Kept.ShouldHaveSingleItem().ShouldSatisfyAllConditions(t => t.Id.ShouldBe(first.Id), t => t.Name.ShouldBe("another name"));
        page.Find("#template").TextContent.ShouldContain("another name");
    }

    [Fact]
    public void Delete_AsksFirst()
    {
        Templates.Kept.Add(new() { Id = Guid.NewGuid(), Name = "old", Terms = new() { StopTicks = 5 }, UpdatedAt = SampleSnapshot.Now });
        var page = Open();

        page.Find("#delete-template").Click();
        Templates.Kept.Count.ShouldBe(1);
        page.Find("#delete-template-yes").Click();

        Templates.Kept.ShouldBeEmpty();
    }

    /// <summary>A form that is opened and saved changes nothing.</summary>
    [Fact]
    public void Draft_OfEveryTerm_BuildsTheSameTerms()
    {
        var rule = RuleCopyTests.Full() with { StopLossPrice = new(5450), ConfirmTimeout = TimeSpan.FromMinutes(3), RearmCooldown = TimeSpan.FromMinutes(9) };
        var terms = TemplateRules.TermsOf(rule, new(SampleSnapshot.Demo, SampleSnapshot.Pta, rule.Direction, new(10), new(5500))).ShouldNotBeNull();
        foreach (var one in (TemplateTerms[])[terms, terms with { TrailingTicks = null, Options = terms.Options with { TrailingMode = TrailingMode.Ratio, TrailingDistance = 0.004m } }])
        {
            var template = new LockTemplate { Id = Guid.NewGuid(), Name = "t", Terms = one, UpdatedAt = SampleSnapshot.Now };

            var built = TemplateDraft.Of(template, "t", copy: false).Build(Guid.NewGuid(), SampleSnapshot.Now).Value;

            built.Id.ShouldBe(template.Id);
            (built.Terms.Options with { MinOneLot = null }).ShouldBe(one.Options with { MinOneLot = null });
            (built.Terms with { Stages = [], Options = one.Options }).ShouldBe(one with { Stages = [] });
        }
    }

    [Fact]
    public void Draft_OfALadder_KeepsItsStages()
    {
        foreach (var byProfit in (bool[])[false, true])
        {
            var terms = new TemplateTerms { Stages = [new(8, 0.3m), new(16, 0.7m)], StagesByProfit = byProfit, Options = new() { MinOneLot = true } };

            var built = TemplateDraft.Of(new() { Id = Guid.NewGuid(), Name = "t", Terms = terms, UpdatedAt = SampleSnapshot.Now }, "t", copy: true).Build(Guid.NewGuid(), SampleSnapshot.Now).Value;

            built.Terms.Stages.ShouldBe(terms.Stages);
            (built.Terms.StagesByProfit, built.Terms.Options.MinOneLot).ShouldBe((byProfit, true));
        }
    }

    private IRenderedComponent<LocksPage> Open()
    {
        var page = Render<LocksPage>();
        page.Find("#from-template").Click();
        return page;
    }
}
