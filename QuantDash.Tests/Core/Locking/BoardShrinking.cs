using QuantDash.Core.Locking;

namespace QuantDash.Tests.Core.Locking;

/// <summary>Makes a scenario that fails smaller for as long as it still fails.</summary>
internal static class BoardShrinking
{
    public static BoardScenario Shrink(BoardScenario failing, Func<BoardScenario, bool> fails)
    {
        var events = WithoutChunks(failing, fails);
        return WithSimplerRules(failing with { Events = events }, fails);
    }

    private static List<BoardEvent> WithoutChunks(BoardScenario failing, Func<BoardScenario, bool> fails)
    {
        var events = failing.Events.ToList();
        for (var size = events.Count / 2; size >= 1; size /= 2)
        {
            for (var start = events.Count - size; start >= 0; start -= size)
            {
                if (start + size > events.Count) continue;
                var shorter = events.ToList();
                shorter.RemoveRange(start, size);
                if (fails(failing with { Events = shorter })) events = shorter;
            }
        }
        return events;
    }

    private static BoardScenario WithSimplerRules(BoardScenario failing, Func<BoardScenario, bool> fails)
    {
        for (var i = 0; i < failing.Events.Count; i++)
        {
            foreach (var simpler in Simplifications)
            {
                if (failing.Events[i] is not BoardEvent.Armed(var rule)) break;
                List<BoardEvent> events = [.. failing.Events];
                events[i] = new BoardEvent.Armed(simpler(rule));
                if (fails(failing with { Events = events })) failing = failing with { Events = events };
            }
        }
        return failing;
    }

    private static readonly IReadOnlyList<Func<ArmedRule, ArmedRule>> Simplifications =
    [
        rule => rule with { Rule = rule.Rule with { StopLossPrice = null } },
        rule => rule with { Rule = rule.Rule with { ProfitLockThreshold = null } },
        rule => rule with { Rule = rule.Rule with { TriggerPrice = null } },
        rule => rule with { Rule = rule.Rule with { TrailingStop = false } },
        rule => rule with { Rule = rule.Rule with { TrailingActivation = null } },
        rule => rule with { Rule = rule.Rule with { PriceSource = PriceSource.Last } },
        rule => rule with { Rule = rule.Rule with { ConfirmTicks = 1 } },
        rule => rule with { AwaitFalse = false },
        rule => rule with { ArmedAt = DateTimeOffset.MinValue },
        rule => rule with { Best = null },
    ];
}
