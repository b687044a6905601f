using System.Globalization;
using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Strategies;

/// <summary>What belongs to a trigger record's line.</summary>
public static class SignalRow
{
    public static Tone ToneOf(StrategySignal signal) => signal.Result switch
    {
        SignalResult.Success => Tone.Good,
        SignalResult.Failed => Tone.Warn,
        _ => Tone.Info,
    };

    /// <summary>Why it was refused or cancelled, in the reader's language where the rule has a code.</summary>
    public static string ErrorOf(StrategySignal signal) => SentenceOf(signal.ProblemCode, signal.ProblemValues, signal.ErrorMessage);

    public static string SentenceOf(SignalReason reason) => SentenceOf(reason.Code, reason.Values, reason.Message);

    private static string SentenceOf(string? code, IReadOnlyList<string> values, string? message) => (code, message) switch
    {
        ({ } known, _) => ProblemSentences.Write(new Problem("", known, [.. values]), CultureInfo.CurrentUICulture),
        (_, { } sentence) => EngineSentence.InReadersLanguage(sentence),
        _ => "",
    };
}
