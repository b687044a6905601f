using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Positions;

/// <summary>What needs the trader's answer: broken locks in red, and pairs that belong to no lock.</summary>
public sealed partial class LockQuestions
{
    private const int FirstPairs = 5;
    private const int MorePairs = 20;

    private IReadOnlyList<string> _sentences = [];
    private int _shown = FirstPairs;
    private bool _busy;

    [Parameter, EditorRequired] public required AccountId Account { get; set; }
    [Parameter, EditorRequired] public required IReadOnlyList<HeldLock> Broken { get; set; }
    [Parameter, EditorRequired] public required IReadOnlyList<FoundPair> Pairs { get; set; }
    [Inject] public required ILockCounter Counter { get; init; }

    private async Task AnswerAsync<T>(Func<Task<Outcome<T>>> answer)
    {
        if (_busy) return;
        _busy = true;
        try
        {
            var outcome = await answer();
            _sentences = [.. outcome.Problems.Select(problem => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture))];
        }
        finally
        {
            _busy = false;
        }
    }
}
