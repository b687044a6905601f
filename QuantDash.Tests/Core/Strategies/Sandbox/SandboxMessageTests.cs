using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Sandbox;

namespace QuantDash.Tests.Core.Strategies.Sandbox;

public sealed class SandboxMessageTests
{
    private static readonly StrategyDefinition Declared = new()
    {
        Name = "declared",
        Description = "For tests: 说明.",
        Parameters =
        [
            new IntegerParameter("bars", 2, 100, 10, "Bars.") { Unit = "bars", Step = 2 },
            new DecimalParameter("share", 0m, 1m, 0.5m, "Share.") { Step = 0.125m },
            new DecimalParameter("any", -1m, 1m, 0m, "Any."),
            new SwitchParameter("loud", true, "Loud."),
            new ChoiceParameter("side", ["long", "short"], "short", "Side."),
        ],
        Create = _ => throw new NotSupportedException(),
        WarmUpBars = _ => 17,
        Timeframes = _ => [Timeframe.Minutes(30), Timeframe.Day],
        Contradiction = values => values.Texts["loud"] == "true" ? null : new Problem("loud", "must be loud", 3, "x"),
    };

    [Fact]
    public void Description_ComesAcrossWhole()
    {
        var process = new MemoryProcess(Declared);
        var described = StrategyQuestions.ReadDescriptions(process.Ask(StrategyQuestions.Describe())).Value.ShouldHaveSingleItem();
        (described.Name, described.Description).ShouldBe((Declared.Name, Declared.Description));
        described.Parameters.Select(Text).ShouldBe(Declared.Parameters.Select(Text));
    }

    private static string Text(StrategyParameter parameter) => $"{parameter.GetType().Name} {parameter.Name} {parameter.Help} {parameter.Unit} {parameter.DefaultText} {parameter.Allowed}";

    [Fact]
    public void Terms_OfValues_ComeAcross()
    {
        var process = new MemoryProcess(Declared);
        var terms = StrategyQuestions.ReadTerms(process.Ask(StrategyQuestions.Terms("declared", new Dictionary<string, string> { ["bars"] = "4" })));
        (terms.WarmUpBars, terms.Contradiction).ShouldBe((17, null));
        terms.Timeframes.ShouldBe([Timeframe.Minutes(30), Timeframe.Day]);
        var refused = StrategyQuestions.ReadTerms(process.Ask(StrategyQuestions.Terms("declared", new Dictionary<string, string> { ["loud"] = "false" }))).Contradiction!;
        (refused.Field, refused.Code).ShouldBe(("loud", "strategy_refuses_values"));
        refused.Values.ShouldBe(["must be loud", "3, x"]);
    }

    [Fact]
    public void Problem_OfAnAssembly_IsTheAnswerToWhatThereIs()
    {
        var guest = new StrategyGuest([], new Problem("file", "strategy_threw", "A", 3));
        var problem = StrategyQuestions.ReadDescriptions(guest.Answer(StrategyQuestions.Describe())).Problems.ShouldHaveSingleItem();
        (problem.Code, string.Join('|', problem.Values)).ShouldBe(("strategy_threw", "A|3"));
    }

    /// <summary>Whatever a process answers, its host reads it or says that it makes no sense: it never fails otherwise, and never believes a length.</summary>
    [Fact]
    public void Answers_CutShortOrMadeUp_AreFormatErrors()
    {
        var whole = new MemoryProcess(Declared).Ask(StrategyQuestions.Describe()).ToArray();
        var random = new Random(1);
        var refused = 0;
        for (var i = 0; i < 5000; i++)
        {
            var answer = i < whole.Length ? whole[..i] : [.. whole];
            if (i >= whole.Length)
            {
                for (var flips = random.Next(1, 6); flips > 0; flips--) answer[random.Next(answer.Length)] = (byte)random.Next(256);
            }

            try
            {
                _ = StrategyQuestions.ReadDescriptions(answer);
            }
            catch (Exception error) when (error is FormatException or StrategyGuestException)
            {
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(whole.Length);
    }
}
