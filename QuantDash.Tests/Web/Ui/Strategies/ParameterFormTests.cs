using Bunit;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Bollinger;
using QuantDash.Core.Strategies.OpeningBuyer;
using QuantDash.Tests.Support;
using QuantDash.Web.Ui.Strategies;

namespace QuantDash.Tests.Web.Ui.Strategies;

public sealed class ParameterFormTests : ScreenContext
{
    private static readonly TextTable Texts = TextTables.All().Single(table => table.Type == typeof(StrategyText));

    [Fact]
    public void Form_HasAFieldForEachDeclaredParameter_WithItsRangeUnitAndHelp()
    {
        var form = Render<ParameterForm>(p => p.Add(f => f.Definition, BollingerStrategy.Definition).Add(f => f.Values, new Dictionary<string, string>()));

        form.FindAll("input, select").Select(field => field.Id).ShouldBe(["parameter-period", "parameter-deviations", "parameter-mode", "parameter-volume", "parameter-equity_share", "parameter-direction"]);
        form.Find("#parameter-period").GetAttribute("value").ShouldBe("20");
        form.Find("label[for=parameter-period]").TextContent.ShouldBe("Bands (bars)");
        form.Find("#parameter-deviations-help").TextContent.ShouldContain("0.1 to 10, step 0.01");
        form.FindAll("#parameter-mode option").Select(option => option.TextContent).ShouldBe(["Back to the middle", "With the breakout"]);
    }

    [Fact]
    public void Texts_AreKeptAsTheyWereTyped_ButForDigits()
    {
        var values = new Dictionary<string, string> { ["window"] = "15" };
        var form = Render<ParameterForm>(p => p.Add(f => f.Definition, OpeningBuyerStrategy.Definition).Add(f => f.Values, values));

        form.Find("#parameter-window").GetAttribute("value").ShouldBe("15");
        form.Find("#parameter-budget").Change("２０,０００");
        form.Find("#parameter-delay").Change("soon");
        form.Find("#parameter-skip_held").Change(false);

        values.ShouldBe(new Dictionary<string, string> { ["window"] = "15", ["budget"] = "20000", ["delay"] = "soon", ["skip_held"] = "false" }, ignoreOrder: true);
        OpeningBuyerStrategy.Definition.Bind(values).Problems.ShouldHaveSingleItem().Field.ShouldBe("delay");
    }

    [Fact]
    public void Mistake_StandsAtItsField()
    {
        var form = Render<ParameterForm>(p => p.Add(f => f.Definition, BollingerStrategy.Definition).Add(f => f.Values, new Dictionary<string, string>()).Add(f => f.Errors, new Dictionary<string, string> { ["period"] = "out of range" }));

        form.Find(".error").TextContent.ShouldBe("out of range");
        form.Find("#parameter-period").GetAttribute("aria-invalid").ShouldBe("true");
        form.Find("#parameter-deviations").GetAttribute("aria-invalid").ShouldBe("false");
    }

    /// <summary>English readers see what the declaration says, word for word; Chinese ones a sentence of their own.</summary>
    [Fact]
    public void BuiltInStrategies_HaveAllTheirWordsInBothLanguages()
    {
        foreach (var definition in BuiltInStrategies.All)
        {
            Texts.English.Keys.ShouldContain(definition.Name);
            Texts.English[definition.Name + ".about"].ShouldBe(definition.Description);
            foreach (var parameter in definition.Parameters)
            {
                var key = Texts.English.ContainsKey($"{definition.Name}.{parameter.Name}") ? $"{definition.Name}.{parameter.Name}" : $"shared.{parameter.Name}";
                Texts.English.Keys.ShouldContain(key);
                Texts.English[key + ".help"].ShouldBe(parameter.Help, $"{definition.Name} {parameter.Name}");
                if (parameter.Unit is { } unit) Texts.English.Keys.ShouldContain($"unit.{unit}");
                if (parameter is ChoiceParameter choice && parameter.Name != "longer") choice.Choices.ShouldAllBe(word => Texts.English.ContainsKey($"choice.{word}"));
            }
        }
    }

    [Fact]
    public void StrategyOfTheTradersOwn_SpeaksWithItsDeclaration()
    {
        var own = BollingerStrategy.Definition with { Description = "Mine." };
        var form = Render<ParameterForm>(p => p.Add(f => f.Definition, own).Add(f => f.Values, new Dictionary<string, string>()));

        form.Find("label[for=parameter-period]").TextContent.ShouldStartWith("period");
        form.Find("#parameter-period-help").TextContent.ShouldStartWith("Bars of the middle line");
    }
}
