using System.Globalization;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Quality;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Data;

/// <summary>One series of the catalogue as it is shown.</summary>
/// <param name="Missing">Unknown until it was looked through, and where nobody knows the sessions.</param>
internal sealed record CatalogueRow(
    StoredBars Stored, BarQualityReport? Report, string From, string To, string Size, string Missing, Tone MissingTone, string Doubtful, Tone DoubtfulTone)
{
    private const decimal Kilobyte = 1024m;

    public static CatalogueRow Of(StoredBars stored, BarQualityReport? report)
    {
        var missing = report is { SessionsKnown: true } ? report.Missing : (int?)null;
        return new(
            stored,
            report,
            stored.FirstDay is { } first ? End(stored, first, stored.From) : Figures.Unknown,
            stored.LastDay is { } last ? End(stored, last, stored.To) : Figures.Unknown,
            Figures.Number(stored.Bytes / Kilobyte, 0) + " KB",
            Figures.Number(missing, 0),
            missing > 0 ? Tone.Warn : Tone.None,
            Figures.Number(report?.Faults.Count, 0),
            report?.Faults.Count > 0 ? Tone.Warn : Tone.None);
    }

    /// <summary>Of whole days only the day.</summary>
    private static string End(StoredBars stored, DateOnly day, long at) => stored.Key.Timeframe.IsDay ? Day(day) : Minute(at);

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>On the exchange's clock.</summary>
    internal static string Minute(long at) =>
        DateTimeOffset.FromUnixTimeMilliseconds(at).ToOffset(ScreenTime.ExchangeOffset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
