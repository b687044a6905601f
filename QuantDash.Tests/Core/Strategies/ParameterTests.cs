using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.MovingAverageCross;

namespace QuantDash.Tests.Core.Strategies;

public sealed class ParameterTests
{
    private static readonly IntegerParameter Bars = new("bars", 2, 20, 10, "Bars.") { Step = 2, Unit = "bars" };
    private static readonly DecimalParameter Width = new("width", 0.5m, 3m, 2m, "Width.") { Step = 0.25m };
    private static readonly SwitchParameter Reverse = new("reverse", false, "Reverse.");
    private static readonly ChoiceParameter Side = new("side", ["long", "short"], "long", "Side.");

    private static readonly StrategyDefinition Definition = new()
    {
        Name = "test",
        Description = "For tests.",
        Parameters = [Bars, Width, Reverse, Side],
        Create = _ => throw new InvalidOperationException("never made"),
        WarmUpBars = values => values.Of(Bars),
    };

    [Fact]
    public void Bind_OfNothing_GivesTheDefaults()
    {
        var values = Definition.Bind([]).Value;

        (values.Of(Bars), values.Of(Width), values.Of(Reverse), values.Of(Side)).ShouldBe((10, 2m, false, "long"));
        Definition.WarmUpBars(values).ShouldBe(10);
    }

    [Fact]
    public void Bind_OfAllowedTexts_GivesThemBackAsTexts()
    {
        var values = Bind("bars=4", "width=1.25", "reverse=true", "side=short").Value;

        (values.Of(Bars), values.Of(Width), values.Of(Reverse), values.Of(Side)).ShouldBe((4, 1.25m, true, "short"));
        var again = Definition.Bind(values.Texts).Value;
        again.Texts.ShouldBe(values.Texts);
    }

    [Theory]
    [InlineData("bars=5", "bars", "parameter_off_step", "2 to 20, step 2")]
    [InlineData("bars=22", "bars", "parameter_out_of_range", "2 to 20, step 2")]
    [InlineData("bars=4.5", "bars", "parameter_not_whole", "2 to 20, step 2")]
    [InlineData("width=1.3", "width", "parameter_off_step", "0.5 to 3, step 0.25")]
    [InlineData("width=1e0", "width", "parameter_not_a_number", "0.5 to 3, step 0.25")]
    [InlineData("width=NaN", "width", "parameter_not_a_number", "0.5 to 3, step 0.25")]
    [InlineData("reverse=yes", "reverse", "parameter_no_choice", "true, false")]
    [InlineData("side=Long", "side", "parameter_no_choice", "long, short")]
    [InlineData("speed=1", "speed", "parameter_unknown", "bars, width, reverse, side")]
    public void Bind_OfAWrongText_NamesFieldAndWhatIsAllowed(string given, string field, string code, string allowed)
    {
        var problem = Bind(given).Problems.ShouldHaveSingleItem();

        (problem.Field, problem.Code, problem.Values[^1]).ShouldBe((field, code, allowed));
    }

    [Fact]
    public void Bind_OfSeveralWrongTexts_NamesThemAllAndBindsNothing()
    {
        var bound = Bind("bars=4", "width=9", "side=up", "bars=6");

        bound.Succeeded.ShouldBeFalse();
        bound.Problems.Select(p => (p.Field, p.Code)).ShouldBe([("width", "parameter_out_of_range"), ("side", "parameter_no_choice"), ("bars", "parameter_twice")]);
    }

    [Fact]
    public void Bind_OfValuesThatContradictEachOther_IsRefused()
    {
        var bound = SmaCross.Definition.Bind([KeyValuePair.Create("fast", "30"), KeyValuePair.Create("slow", "20")]);

        var problem = bound.Problems.ShouldHaveSingleItem();
        (problem.Field, problem.Code).ShouldBe(("fast", "fast_not_below_slow"));
    }

    [Fact]
    public void Defaults_OfEveryBuiltInStrategy_AreAllowedAndMakeOne()
    {
        foreach (var definition in BuiltInStrategies.All)
        {
            var values = definition.Bind(definition.Parameters.Select(p => KeyValuePair.Create(p.Name, p.DefaultText))).Value;
            definition.Create(values).ShouldNotBeNull();
            definition.WarmUpBars(values).ShouldBeGreaterThanOrEqualTo(0);
            BuiltInStrategies.Find(definition.Name).ShouldBeSameAs(definition);
            definition.Parameters.ShouldAllBe(p => p.Help.Length > 0 && p.Allowed.Length > 0);
        }
    }

    [Fact]
    public void State_IsTheSameAfterItWasStored()
    {
        var state = new StrategyState();
        state.Set("bought_on", new DateOnly(2026, 11, 22));
        state.Set("high", 5230.8m);
        state.Set("note", "once");
        state.Set("gone", "x");
        state.Forget("gone");

        var restored = new StrategyState(state.Values);

        (restored.Day("bought_on"), restored.Number("high"), restored.Text("note"), restored.Text("gone"), restored.Number("never")).ShouldBe((new DateOnly(2026, 11, 22), 5230.8m, "once", null, null));
    }

    [Theory]
    [InlineData("0.2", 11711, "2342.2")]
    [InlineData("0.1", 463190, "46319")]
    [InlineData("0.01", 97533, "975.33")]
    [InlineData("0.025", 4001, "100.025")]
    [InlineData("5", 1001, "5005")]
    [InlineData("0.00001", 123457, "1.23457")]
    public void Price_OfTicks_IsTheDoubleOfItsText(string tickText, long ticks, string text)
    {
        var tick = decimal.Parse(tickText, System.Globalization.CultureInfo.InvariantCulture);
        var scale = new PriceScale(tick);
        var price = double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

        scale.PriceOf(ticks).ShouldBe(price);
        (scale.AtOrBelow(price), scale.AtOrAbove(price)).ShouldBe((ticks, ticks));
        (scale.AtOrBelow(price + ((double)tick / 2)), scale.AtOrAbove(price + ((double)tick / 2))).ShouldBe((ticks, ticks + 1));
    }

    private static Outcome<ParameterValues> Bind(params string[] given) =>
        Definition.Bind(given.Select(text => text.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair[1])));
}
