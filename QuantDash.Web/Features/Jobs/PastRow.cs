using System.Globalization;
using Microsoft.Extensions.Localization;
using QuantDash.Web.Jobs;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Jobs;

/// <summary>A past run, ready to draw.</summary>
/// <param name="Came">What it came to, or the first line of why it failed.</param>
/// <param name="Share">Its duration over the longest in the list, 0 to 1.</param>
public sealed record PastRow(PastRun Run, string Name, Tone Tone, string Outcome, string Came, string Took, double Share)
{
    private const double LeastShare = 0.02;

    /// <summary>The store's own id where it has one; a run is told apart from another of the same job.</summary>
    public string Key => Run.RunId.Length > 0 ? Run.RunId : $"{Run.Id}/{Run.At.UtcTicks}";

    /// <summary>Height of its bar in the picture of all: by the root, so that the short ones are seen beside a long one.</summary>
    public string Height => (Math.Sqrt(Share) * 100).ToString("0.#", CultureInfo.InvariantCulture);

    public string Width => (Share * 100).ToString("0.#", CultureInfo.InvariantCulture);

    public static IReadOnlyList<PastRow> List(IReadOnlyList<PastRun> runs, IStringLocalizer<JobsText> text)
    {
        var longest = runs.Count == 0 ? TimeSpan.Zero : runs.Max(run => run.Took);
        return [.. runs.Select(run => From(run, longest, text))];
    }

    private static PastRow From(PastRun run, TimeSpan longest, IStringLocalizer<JobsText> text) => new(
        run, JobWords.Name(run.Id.Name, text), JobWords.ToneOf(run.Outcome), text["Outcome" + run.Outcome], run.Report is { } report ? JobWords.Report(report, text) : FirstLine(run.Error),
        JobWords.Took(run.Took), longest > TimeSpan.Zero ? Math.Max(LeastShare, run.Took / longest) : LeastShare);

    private static string FirstLine(string? error) => error is null ? "" : error.Split('\n', 2)[0].Trim();
}
