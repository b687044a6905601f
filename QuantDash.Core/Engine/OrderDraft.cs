using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>An order about to be intended.</summary>
internal sealed record OrderDraft
{
    public required AccountBook Account { get; init; }
    public required SymbolLane Lane { get; init; }
    public required OrderPurpose Purpose { get; init; }
    public required OrderSide Side { get; init; }
    public required Offset Offset { get; init; }
    public required OrderType Type { get; init; }
    public Price? LimitPrice { get; init; }
    public TimeInForce TimeInForce { get; init; }
    public required Volume Volume { get; init; }
    public required Guid OriginId { get; init; }
    public Guid? TriggerId { get; init; }
    public Guid? StrategyId { get; init; }
    public required int Child { get; init; }
}
