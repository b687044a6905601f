namespace QuantDash.Web.Configuration;

/// <summary>The section <c>QuantDash:Limits</c>: how much anybody may ask for. A wrong key is refused before it counts.</summary>
public sealed class LimitOptions
{
    public const string Section = QuantDashOptions.Section + ":Limits";
    public const int MostRequests = 1_000_000;
    public const int MostConnections = 100_000;

    /// <summary>Requests a second of one key or one person, up to <see cref="MostRequests"/>; 0: no limit.</summary>
    public int RequestsPerSecond { get; set; } = 200;

    /// <summary>How many may come at once after a quiet spell, 1 to <see cref="MostRequests"/>.</summary>
    public int Burst { get; set; } = 1000;

    /// <summary>The same for ticks, snapshots and reports, which only the scope <c>bridge</c> may send; 0: no limit.</summary>
    public int BridgeRequestsPerSecond { get; set; } = 5000;

    /// <summary>Open connections of everybody together, 10 to <see cref="MostConnections"/>.</summary>
    public int Connections { get; set; } = 2000;

    /// <summary>Browser windows of one person, connected or cut off a moment ago, 1 to <see cref="MostConnections"/>.</summary>
    public int WindowsPerPerson { get; set; } = 50;

    public IEnumerable<string> Mistakes()
    {
        if (RequestsPerSecond is < 0 or > MostRequests) yield return $"QuantDash:Limits:RequestsPerSecond is {RequestsPerSecond}: use 1 to {MostRequests}, or 0 for no limit";
        if (Burst is < 1 or > MostRequests) yield return $"QuantDash:Limits:Burst is {Burst}: use 1 to {MostRequests}";
        if (BridgeRequestsPerSecond is < 0 or > MostRequests) yield return $"QuantDash:Limits:BridgeRequestsPerSecond is {BridgeRequestsPerSecond}: use 1 to {MostRequests}, or 0 for no limit";
        if (Connections is < 10 or > MostConnections) yield return $"QuantDash:Limits:Connections is {Connections}: use 10 to {MostConnections}";
        if (WindowsPerPerson is < 1 or > MostConnections) yield return $"QuantDash:Limits:WindowsPerPerson is {WindowsPerPerson}: use 1 to {MostConnections}";
    }
}
