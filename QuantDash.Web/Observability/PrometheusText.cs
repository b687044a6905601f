using System.Globalization;
using System.Text;

namespace QuantDash.Web.Observability;

/// <summary>Metrics in Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families.Where(f => f.Series.Count > 0).OrderBy(f => f.Name, StringComparer.Ordinal)) Write(text, family);
        return text.ToString();
    }

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static void Write(StringBuilder text, MetricFamily family)
    {
        var help = family.Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        text.Append("# HELP ").Append(family.Name).Append(' ').Append(help).Append('\n');
        text.Append("# TYPE ").Append(family.Name).Append(' ').Append(TypeOf(family.Type)).Append('\n');
        foreach (var series in family.Series)
        {
            var labels = Labels(series.Labels);
            if (family.Type == MetricType.Histogram) Histogram(text, family, series, labels);
            else Sample(text, family.Name, labels, Number(series.Value));
        }
    }

    /// <summary>Buckets count everything up to their bound. The count is that of the buckets as they were read, so that the two never differ.</summary>
    private static void Histogram(StringBuilder text, MetricFamily family, MetricSeries series, string labels)
    {
        var counted = 0L;
        var buckets = series.Buckets();
        for (var i = 0; i < buckets.Length; i++)
        {
            counted += buckets[i];
            var bound = i < family.Bounds.Count ? Number(family.Bounds[i]) : "+Inf";
            var separator = labels.Length == 0 ? "" : ",";
            Sample(text, family.Name + "_bucket", $"{labels}{separator}le=\"{bound}\"", Number(counted));
        }
        Sample(text, family.Name + "_sum", labels, Number(series.Value));
        Sample(text, family.Name + "_count", labels, Number(counted));
    }

    private static void Sample(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value).Append('\n');
    }

    private static string Labels(IReadOnlyList<KeyValuePair<string, object?>> labels) =>
        string.Join(',', labels.Select(label => $"{MetricNames.Label(label.Key)}=\"{Escaped(Convert.ToString(label.Value, CultureInfo.InvariantCulture) ?? "")}\""));

    private static string Escaped(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string TypeOf(MetricType type) => type switch
    {
        MetricType.Counter => "counter",
        MetricType.Histogram => "histogram",
        _ => "gauge",
    };
}
