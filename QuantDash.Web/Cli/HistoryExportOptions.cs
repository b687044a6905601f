using QuantDash.Core.Markets.History.Adjustment;
using QuantDash.Core.Primitives;
using QuantDash.Web.Features.Data;

namespace QuantDash.Web.Cli;

/// <summary>The options of <c>history export</c>: every mistake becomes a sentence.</summary>
internal static class HistoryExportOptions
{
    private static readonly string[] Options = ["--source", "--symbol", "--timeframe", "--out", "--from", "--to", "--bar-time", "--adjust", "--factors", "--rolls", "--method"];

    /// <summary>Null when anything is wrong.</summary>
    public static HistoryExportRequest? Read(VerbArguments arguments, SourceName? source, List<string> wrong)
    {
        wrong.AddRange(arguments.Mistakes(Options, []));
        _ = HistoryVerb.Required(arguments, "--source", wrong);
        var (symbol, timeframe) = (HistoryVerb.Required(arguments, "--symbol", wrong), HistoryVerb.Timeframe(arguments, wrong));
        var (from, to) = (HistoryImportOptions.Day(arguments, "--from", wrong), HistoryImportOptions.Day(arguments, "--to", wrong));
        var (direction, method, stamp) = (Direction(arguments.Value("--adjust"), wrong), Method(arguments.Value("--method"), wrong), HistoryImportOptions.Stamp(arguments, wrong));
        var (factors, rolls) = (arguments.Value("--factors"), arguments.Value("--rolls"));
        var adjusts = direction != AdjustmentDirection.Raw;
        if (adjusts != ((factors ?? rolls) is not null)) wrong.Add("--adjust needs --factors or --rolls, and they need --adjust.");
        return wrong.Count > 0 ? null : new(source!.Value, symbol, timeframe!.Value, from, to, direction, method, factors, rolls, stamp);
    }

    private static AdjustmentDirection Direction(string? text, List<string> wrong)
    {
        switch (text)
        {
            case null:
                return AdjustmentDirection.Raw;
            case "backward":
                return AdjustmentDirection.Backward;
            case "forward":
                return AdjustmentDirection.Forward;
            default:
                wrong.Add($"--adjust must be backward or forward, was {text}.");
                return AdjustmentDirection.Backward;
        }
    }

    /// <summary>Additive where nothing is said.</summary>
    private static AdjustmentMethod Method(string? text, List<string> wrong)
    {
        if (text is not (null or "additive" or "ratio")) wrong.Add($"--method must be additive or ratio, was {text}.");
        return text == "ratio" ? AdjustmentMethod.Ratio : AdjustmentMethod.Additive;
    }
}
