using System.Text.Json.Nodes;

namespace QuantDash.Tests.Recovery.Venue;

/// <summary>One trade of the venue's day.</summary>
internal sealed record VenueTrade(string TradeId, string OrderId, string Symbol, string Side, string Offset, decimal Price, decimal Volume, DateTimeOffset At);

/// <summary>An order as the venue holds it. What it says must never change: one id, one content.</summary>
internal sealed class VenueOrder(JsonNode command, VenueFault fault)
{
    public string Id { get; } = command["client_order_id"]!.GetValue<string>();
    public string Symbol { get; } = command["symbol"]!.GetValue<string>();
    public string Side { get; } = command["side"]!.GetValue<string>();
    public string Offset { get; } = command["offset"]!.GetValue<string>();
    public decimal Price { get; } = command["price"]!.GetValue<decimal>();
    public decimal Volume { get; } = command["volume"]!.GetValue<decimal>();
    public string Content { get; } = ContentOf(command);
    public VenueFault Fault { get; } = fault;
    public List<VenueTrade> Trades { get; } = [];
    public bool IsCancelled { get; set; }
    public decimal Filled => Trades.Sum(trade => trade.Volume);
    public string Status => Filled == Volume ? "filled" : IsCancelled ? "cancelled" : Filled > 0 ? "partially_filled" : "accepted";

    public static string ContentOf(JsonNode command) =>
        string.Join(' ', new[] { "symbol", "side", "offset", "type", "price", "volume" }.Select(field => command[field]?.ToJsonString() ?? "null"));
}
