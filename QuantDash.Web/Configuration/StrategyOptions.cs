namespace QuantDash.Web.Configuration;

/// <summary>The section <c>QuantDash:Strategies</c>: strategies of the trader's own, each run in a process of its own.</summary>
public sealed class StrategyOptions
{
    public const int MostMegabytes = 64 * 1024;
    public const int LongestMilliseconds = 60_000;
    public const int LongestSeconds = 3600;

    /// <summary>Where their assemblies lie; relative to the data directory.</summary>
    public string Folder { get; set; } = "strategies";

    /// <summary>What one may keep in memory, 32 to <see cref="MostMegabytes"/>.</summary>
    public int HeapMegabytes { get; set; } = 256;

    /// <summary>How long one may think about an event while it trades, 10 to <see cref="LongestMilliseconds"/>.</summary>
    public int DeadlineMilliseconds { get; set; } = 1000;

    /// <summary>The same in a backtest, 1 to <see cref="LongestSeconds"/>.</summary>
    public int BacktestDeadlineSeconds { get; set; } = 10;

    public IEnumerable<string> Mistakes()
    {
        if (Folder.Length == 0) yield return "QuantDash:Strategies:Folder is empty: name a folder, such as strategies";
        if (HeapMegabytes is < 32 or > MostMegabytes) yield return $"QuantDash:Strategies:HeapMegabytes is {HeapMegabytes}: use 32 to {MostMegabytes}";
        if (DeadlineMilliseconds is < 10 or > LongestMilliseconds) yield return $"QuantDash:Strategies:DeadlineMilliseconds is {DeadlineMilliseconds}: use 10 to {LongestMilliseconds}";
        if (BacktestDeadlineSeconds is < 1 or > LongestSeconds) yield return $"QuantDash:Strategies:BacktestDeadlineSeconds is {BacktestDeadlineSeconds}: use 1 to {LongestSeconds}";
    }
}
