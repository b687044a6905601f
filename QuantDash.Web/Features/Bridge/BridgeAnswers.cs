using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Bridge;

/// <param name="Epoch">New at every start of ours: send it back in the position snapshot.</param>
/// <param name="SnapshotWanted">Nothing is handed out until that snapshot has come.</param>
public sealed record CommandsAnswer(string Epoch, bool SnapshotWanted, IReadOnlyList<CommandAnswer> Items)
{
    public static CommandsAnswer Of(BridgeHandOut handOut) => new(handOut.Epoch, handOut.SnapshotWanted, [.. handOut.Items.Select(CommandAnswer.Of)]);
}

/// <param name="Sequence">Grows with every hand-out; answer with the last one as <c>after</c>.</param>
/// <param name="ClientOrderId">One id means one content for ever: never place one twice.</param>
/// <param name="Price">Null for a market order.</param>
/// <param name="TimeInForce">day: it may rest; fak: what is not filled at once is cancelled; fok: all at once or nothing.</param>
/// <param name="ExpiresAt">Never place it after this time, on the account's clock; then answer rejected with the reason expired.</param>
/// <param name="Replay">The source's feed is the clock: never to be sent to a real counter.</param>
public sealed record CommandAnswer(
    long Sequence,
    BridgeAction Action,
    string ClientOrderId,
    string Symbol,
    OrderSide Side,
    Offset Offset,
    OrderType Type,
    decimal? Price,
    decimal Volume,
    DateTimeOffset ExpiresAt,
    bool Replay,
    TimeInForce TimeInForce = TimeInForce.Day)
{
    public static CommandAnswer Of(BridgeCommand command) => new(
        command.Sequence, command.Action, command.Order.Id.Value, command.Order.Symbol.ToString(), command.Order.Side, command.Order.Offset, command.Order.Type,
        command.Order.LimitPrice?.Value, command.Order.Volume.Value, command.ExpiresAt, command.Order.Replay, command.Order.TimeInForce);
}

/// <param name="ClientOrderId">As it was handed out.</param>
/// <param name="FilledVolume">Over the order's life.</param>
/// <param name="TradeVolume">Of this trade.</param>
/// <param name="Price">Of this trade.</param>
/// <param name="Reason">expired: never placed and too late to be placed.</param>
public sealed record ReportBody(
    string ClientOrderId,
    BridgeStatus Status,
    decimal? FilledVolume = null,
    decimal? TradeVolume = null,
    decimal? Price = null,
    string? TradeId = null,
    string? Reason = null,
    DateTimeOffset? Timestamp = null);

/// <param name="UnknownIds">Ids we never gave, or no longer know.</param>
public sealed record ReportsAnswer(int Taken, IReadOnlyList<string> UnknownIds);

/// <param name="FilledVolume">Over the order's life, for a cancelled one; without it what is known.</param>
/// <param name="Price">Average of the lots not booked yet.</param>
public sealed record SettleBody(SettledAs Outcome, decimal? FilledVolume = null, decimal? Price = null);

public sealed record SettleAnswer(string ClientOrderId, OrderState Status, decimal FilledVolume);
