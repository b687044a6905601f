using System.Diagnostics.Metrics;

namespace QuantDash.Web.Observability;

/// <summary>An instrument's name as Prometheus wants it: words joined by underscores, the unit in full, <c>_total</c> on what only grows.</summary>
internal static class MetricNames
{
    public static string Of(Instrument instrument, MetricType type) => Of(instrument.Name, instrument.Unit, type);

    public static string Of(string name, string? unit, MetricType type)
    {
        var plain = Label(name);
        var suffix = unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        if (!plain.EndsWith(suffix, StringComparison.Ordinal)) plain += suffix;
        return type == MetricType.Counter && !plain.EndsWith("_total", StringComparison.Ordinal) ? plain + "_total" : plain;
    }

    /// <summary>A label's name: letters, digits and underscores, no digit first.</summary>
    public static string Label(string name)
    {
        var plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return plain.Length == 0 || char.IsAsciiDigit(plain[0]) ? "_" + plain : plain;
    }
}
