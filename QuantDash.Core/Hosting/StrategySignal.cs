using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Hosting;

public enum SignalAction { Buy, Sell, Close, Hold }

public enum SignalResult
{
    /// <summary>Its order is on its way, rests, or is a stop that waits for its price.</summary>
    Pending,

    /// <summary>It traded, all of it or a part.</summary>
    Success,

    /// <summary>Refused, or ended without a trade.</summary>
    Failed,
}

/// <summary>An order that a strategy asked for, and its fate (table <c>strategy_triggers</c>). In shadow mode too, where nothing is sent.</summary>
public sealed record StrategySignal
{
    /// <summary>Also the origin of the orders that it becomes.</summary>
    public required Guid Id { get; init; }
    public required Guid InstanceId { get; init; }
    public required Guid RunId { get; init; }

    /// <summary>As it was called then.</summary>
    public required string StrategyName { get; init; }

    /// <summary>1, 2, 3 … within its run.</summary>
    public required int Number { get; init; }
    public required AccountId AccountId { get; init; }
    public required Symbol Symbol { get; init; }
    public required DateTimeOffset TriggerTime { get; init; }

    /// <summary>What made it ask: <c>bar 5m 10:35</c>, <c>tick</c>, <c>timer close</c>, <c>fill</c>, <c>flatten</c>.</summary>
    public required string TriggerCondition { get; init; }

    /// <summary>The last price then; null before the first.</summary>
    public required Price? TriggerPrice { get; init; }
    public required SignalAction Action { get; init; }
    public required OrderSide Side { get; init; }
    public required Offset Offset { get; init; }
    public required StrategyOrderType Type { get; init; }

    /// <summary>Limit, or level of a stop; null at the market.</summary>
    public Price? Price { get; init; }
    public required Volume Volume { get; init; }
    public Volume FilledVolume { get; init; }
    public Price? AverageFillPrice { get; init; }
    public required SignalResult Result { get; init; }

    /// <summary>A stop whose level was seen.</summary>
    public bool IsTriggered { get; init; }

    /// <summary>Nothing more comes of it.</summary>
    public bool IsOver { get; init; }

    /// <summary>The first order it became; null: none.</summary>
    public ClientOrderId? OrderId { get; init; }

    /// <summary>Why it was refused or cancelled, with the rule and its numbers.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Code of the rule that refused it, as in <see cref="Problem"/>; null: none did.</summary>
    public string? ProblemCode { get; init; }
    public IReadOnlyList<string> ProblemValues { get; init; } = [];
    public required DateTimeOffset UpdatedAt { get; init; }
}
