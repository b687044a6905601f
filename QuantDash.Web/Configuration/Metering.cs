using System.Diagnostics.Metrics;

namespace QuantDash.Web.Configuration;

/// <summary>Where our instruments hang: one meter a host, which is what <c>/metrics</c> listens to (docs/metrics.md).</summary>
public static class Metering
{
    public const string Name = "QuantDash";

    public static Meter QuantDash(this IMeterFactory meters) => meters.Create(Name);
}
