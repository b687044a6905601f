using System.Globalization;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Engine;

internal enum StrategyEventKind { Start, Tick, Bar, Order, Fill, Timer, Stop, Answer, Flatten }

/// <summary>Something that a strategy is told.</summary>
internal readonly record struct StrategyEvent(StrategyEventKind Kind)
{
    public HostedInstrument? Instrument { get; init; }
    public StrategyTick Tick { get; init; }
    public StrategyBar Bar { get; init; }
    public StrategyOrder? Order { get; init; }
    public StrategyFill Fill { get; init; }
    public string? Name { get; init; }

    /// <summary>How it is kept with the signals that it made.</summary>
    public string Condition => Kind switch
    {
        StrategyEventKind.Bar => string.Create(
            CultureInfo.InvariantCulture, $"bar {Bar.Timeframe} {DateTimeOffset.FromUnixTimeMilliseconds(Bar.End).ToOffset(Instrument!.Contract.Product.Sessions.UtcOffset):MM-dd HH:mm}"),
        StrategyEventKind.Timer => $"timer {Name}",
        StrategyEventKind.Start => "start",
        StrategyEventKind.Tick => "tick",
        StrategyEventKind.Order => "order",
        StrategyEventKind.Fill => "fill",
        StrategyEventKind.Stop => "stop",
        StrategyEventKind.Answer => "answer",
        StrategyEventKind.Flatten => "flatten",
        _ => throw new InvalidOperationException($"Unknown event {Kind}."),
    };
}
