using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Bridge;

/// <summary>One bridge account, ready to draw.</summary>
public sealed record BridgeRow
{
    public required AccountId Id { get; init; }
    public required string Name { get; init; }

    /// <summary>As the program names the account: the venue's number, else our id.</summary>
    public required string Address { get; init; }
    public required BridgeLinkState State { get; init; }
    public required string Epoch { get; init; }
    public required bool SnapshotWanted { get; init; }
    public required DateTimeOffset? HeardAt { get; init; }
    public required IReadOnlyList<CommandRow> Commands { get; init; }
    public required IReadOnlyList<UnknownOrderRow> Unknown { get; init; }

    public Tone Tone => State switch
    {
        BridgeLinkState.Up => Tone.Good,
        BridgeLinkState.SnapshotWanted => Tone.Warn,
        _ => Tone.Danger,
    };

    public static BridgeRow From(AccountView account, BridgeView bridge, EngineSnapshot snapshot) => new()
    {
        Id = account.Account.Id,
        Name = account.Account.Name,
        Address = account.Account.ExternalId ?? account.Account.Id.ToString(),
        State = StateOf(account, bridge, snapshot.At),
        Epoch = bridge.Epoch,
        SnapshotWanted = bridge.SnapshotWanted,
        HeardAt = bridge.HeardAt,
        Commands = [.. bridge.Commands.Select(command => CommandRow.From(command, snapshot))],
        Unknown = UnknownOrderRow.List(snapshot, account.Account.Id, []),
    };

    private static BridgeLinkState StateOf(AccountView account, BridgeView bridge, DateTimeOffset now)
    {
        if (bridge.IsContested) return BridgeLinkState.Contested;
        if (account.LinkUp) return BridgeLinkState.Up;
        if (bridge.HeardAt is null) return BridgeLinkState.NeverHeard;
        return now - bridge.HeardAt <= TimeSpan.FromSeconds(60) ? BridgeLinkState.SnapshotWanted : BridgeLinkState.Silent;
    }
}

/// <summary>Where a link stands, as a person reads it.</summary>
public enum BridgeLinkState { Up, SnapshotWanted, Contested, Silent, NeverHeard }

/// <summary>A command without a report.</summary>
public sealed record CommandRow(
    string Id, BridgeAction Action, string Symbol, OrderSide Side, Offset Offset, decimal Volume, decimal? Price, int Places, DateTimeOffset? HandedOutAt, DateTimeOffset ExpiresAt, TimeInForce TimeInForce)
{
    public static CommandRow From(BridgeCommand command, EngineSnapshot snapshot) => new(
        command.Order.Id.Value, command.Action, command.Order.Symbol.ToString(), command.Order.Side, command.Order.Offset, command.Order.Volume.Value,
        command.Order.LimitPrice?.Value, snapshot.ContractOf(command.Order.Symbol)?.Places() ?? 2, command.HandedOutAt, command.ExpiresAt, command.Order.TimeInForce);
}
