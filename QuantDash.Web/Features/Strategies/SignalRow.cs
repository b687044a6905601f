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
    public static string ErrorOf(StrategySignal signal) => signal switch
    {
        { ProblemCode: { } code } => ProblemSentences.Write(new Problem("", code, [.. signal.ProblemValues]), CultureInfo.CurrentUICulture),
        { ErrorMessage: { } message } => EngineSentence.InReadersLanguage(message),
        _ => "",
    };
}
