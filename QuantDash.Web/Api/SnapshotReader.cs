using QuantDash.Core.Instruments;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Api;

/// <summary>Reads a position snapshot; nothing of it is taken when any part is wrong.</summary>
internal static class SnapshotReader
{
    private const int MostPositions = 2000;

    public static PositionSnapshot Read(JsonFields body, AccountId account, ContractCatalog catalog, DateOnly asOf)
    {
        body.Require("positions");
        var positions = (body.Objects("positions", MostPositions) ?? []).Select(p => ReadPosition(p, catalog, asOf)).ToList();
        RefuseTwice(body, positions);
        return new()
        {
            AccountId = account,
            Timestamp = body.Time("timestamp"),
            Epoch = body.Text("epoch"),
            Complete = body.Flag("complete") ?? false,
            Positions = [.. positions.Where(p => p.Symbol.IsSet)],
        };
    }

    private static SnapshotPosition ReadPosition(JsonFields body, ContractCatalog catalog, DateOnly asOf)
    {
        body.Require("symbol");
        var contract = body.Contract(catalog, asOf);
        var position = new SnapshotPosition
        {
            Symbol = contract?.Symbol ?? default,
            LongVolume = body.Volume("long_position", contract),
            LongToday = body.Volume("long_today", contract),
            LongAveragePrice = AveragePrice(body, "long_avg_price"),
            ShortVolume = body.Volume("short_position", contract),
            ShortToday = body.Volume("short_today", contract),
            ShortAveragePrice = AveragePrice(body, "short_avg_price"),
        };
        RefuseMoreThanHeld(body, "long_today", position.LongToday, position.LongVolume);
        RefuseMoreThanHeld(body, "short_today", position.ShortToday, position.ShortVolume);
        return position;
    }

    /// <summary>An average of fills need not lie on a tick. Without a position venues send 0, which is no price.</summary>
    private static Price? AveragePrice(JsonFields body, string name)
    {
        if (body.Number(name) is not { } number || number == 0) return null;
        if (number > 0) return new(number);
        body.Refuse(name, "negative", number);
        return null;
    }

    private static void RefuseMoreThanHeld(JsonFields body, string name, Volume? today, Volume? held)
    {
        if (today > held) body.Refuse(name, "today_exceeds_position", held!.Value.Value, today!.Value.Value);
    }

    private static void RefuseTwice(JsonFields body, List<SnapshotPosition> positions)
    {
        var seen = new HashSet<Symbol>();
        for (var i = 0; i < positions.Count; i++)
        {
            if (positions[i].Symbol.IsSet && !seen.Add(positions[i].Symbol)) body.Refuse($"positions[{i}].symbol", "duplicate_symbol", positions[i].Symbol.ToString());
        }
    }
}

/// <param name="AccountId">Our id, or the venue's.</param>
/// <param name="Complete">What is left out is flat.</param>
public sealed record SnapshotBody(
    string AccountId, IReadOnlyList<SnapshotPositionBody> Positions, DateTimeOffset? Timestamp = null, string? Epoch = null, bool Complete = false);

/// <param name="LongAvgPrice">Average open price (开仓均价).</param>
public sealed record SnapshotPositionBody(
    string Symbol,
    decimal? LongPosition = null,
    decimal? LongToday = null,
    decimal? LongAvgPrice = null,
    decimal? ShortPosition = null,
    decimal? ShortToday = null,
    decimal? ShortAvgPrice = null);

public sealed record SnapshotAnswer(IReadOnlyList<DifferenceAnswer> Differences)
{
    public static SnapshotAnswer Of(SnapshotResult result) => new(
        [.. result.Differences.Select(d => new DifferenceAnswer(d.Symbol.ToString(), d.Side, d.Ours.Value, d.Theirs.Value, d.Action))]);
}

/// <param name="Ours">Volume we held before.</param>
/// <param name="Theirs">Volume the snapshot says.</param>
public sealed record DifferenceAnswer(string Symbol, Side Direction, decimal Ours, decimal Theirs, SnapshotAction Action);
