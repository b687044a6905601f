using System.Globalization;

namespace QuantDash.Tests.Web.Observability;

/// <summary>The samples of one answer of /metrics.</summary>
internal sealed class Scrape
{
    private readonly Dictionary<string, double> _samples;

    public Scrape(string text)
    {
        Text = text;
        var samples = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').ToList();
        _samples = samples.ToDictionary(line => line[..line.LastIndexOf(' ')], line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        Names = text.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToHashSet(StringComparer.Ordinal);
    }

    public string Text { get; }

    /// <summary>Of the metrics, without the parts of histograms.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>A sample by its name and labels as they stand in the text; null when there is none.</summary>
    public double? this[string sample] => _samples.TryGetValue(sample, out var value) ? value : null;
}
