namespace QuantDash.Core.Hosting;

/// <summary>By what trigger records are sorted.</summary>
public enum SignalSort { Time, Strategy, Symbol, Price, Volume, Result }

/// <summary>Which trigger records, and in which order. What is null is not asked for.</summary>
public sealed record SignalFilter
{
    public Guid? InstanceId { get; init; }
    public SignalResult? Result { get; init; }
    public SignalOrder Order { get; init; }

    public bool Wants(StrategySignal signal) => (InstanceId is null || signal.InstanceId == InstanceId) && (Result is null || signal.Result == Result);
}

/// <summary>An order of trigger records; the default is newest first. Those of equal rank stand newest first, those without a price last.</summary>
public readonly record struct SignalOrder(SignalSort By, bool Ascending = false) : IComparer<StrategySignal>
{
    public int Compare(StrategySignal? x, StrategySignal? y)
    {
        if (x is null || y is null) return (x is null).CompareTo(y is null);
        if (By == SignalSort.Price && (x.TriggerPrice is null || y.TriggerPrice is null)) return (x.TriggerPrice is null).CompareTo(y.TriggerPrice is null) is var one and not 0 ? one : Newest(x, y);
        var rank = By switch
        {
            SignalSort.Time => x.TriggerTime.CompareTo(y.TriggerTime),
            SignalSort.Strategy => string.CompareOrdinal(x.StrategyName, y.StrategyName),
            SignalSort.Symbol => string.CompareOrdinal(x.Symbol.ToString(), y.Symbol.ToString()),
            SignalSort.Price => x.TriggerPrice!.Value.Value.CompareTo(y.TriggerPrice!.Value.Value),
            SignalSort.Volume => x.Volume.Value.CompareTo(y.Volume.Value),
            SignalSort.Result => string.CompareOrdinal(x.Result.ToString(), y.Result.ToString()),
            _ => throw new InvalidOperationException($"Unknown order {By}."),
        };
        return rank == 0 ? Newest(x, y) : Ascending ? rank : -rank;
    }

    private static int Newest(StrategySignal x, StrategySignal y)
    {
        var later = y.TriggerTime.CompareTo(x.TriggerTime);
        return later != 0 ? later : y.Number.CompareTo(x.Number);
    }
}
