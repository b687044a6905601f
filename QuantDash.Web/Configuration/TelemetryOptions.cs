namespace QuantDash.Web.Configuration;

/// <summary>The section <c>QuantDash:Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>A collector that takes OTLP over HTTP, e.g. <c>http://localhost:4318</c>; empty: no traces are made.</summary>
    public string Otlp { get; set; } = "";

    /// <summary>Where traces are posted; null when there is no address, or it is none.</summary>
    public Uri? Traces => Uri.TryCreate(Otlp.TrimEnd('/') + "/v1/traces", UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", UserInfo: "", Query: "" } ? url : null;

    public IEnumerable<string> Mistakes()
    {
        if (Otlp.Length > 0 && Traces is null) yield return $"QuantDash:Telemetry:Otlp is '{Otlp}': write the address of a collector that takes OTLP over HTTP, such as http://localhost:4318";
    }
}
