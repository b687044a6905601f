using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Api;

/// <summary>Reads a position snapshot; nothing of it is taken when any part is wrong. A contract that we do not know is no mistake of a program beside a counter, which lists all that its
/// account holds: the rest is taken.</summary>
internal static class SnapshotReader
{
    private const int MostPositions = 2000;

    /// <summary>Reads it and hands it to the engine; to a bridge account's trader a refusal is told too, who sees no answer.</summary>
    public static async Task<Outcome<SnapshotAnswer>> TakeAsync(JsonFields body, AccountView? account, TradingRuntime runtime, ContractCatalog catalog, DateOnly asOf, CancellationToken stop)
    {
        var isBridge = account is { Account.Venue: VenueKind.Bridge };
        var read = Read(body, account?.Account.Id ?? default, catalog, asOf, isBridge);
        if (body.Problems.Count == 0)
        {
            var taken = await runtime.RunAsync((engine, now) => engine.ApplySnapshot(read, now), stop);
            return taken.Succeeded ? Outcome<SnapshotAnswer>.Success(SnapshotAnswer.Of(taken.Value)) : Outcome<SnapshotAnswer>.Failure(taken.Problems);
        }
        if (isBridge) await runtime.RunAsync((engine, now) => engine.RefuseSnapshot(account!.Account.Id, body.Problems, now), stop);
        return Outcome<SnapshotAnswer>.Failure(body.Problems);
    }

    private static PositionSnapshot Read(JsonFields body, AccountId account, ContractCatalog catalog, DateOnly asOf, bool ignoresUnknown)
    {
        body.Require("positions");
        var ignored = ignoresUnknown ? new List<string>() : null;
        var positions = (body.Objects("positions", MostPositions) ?? []).Select(p => ReadPosition(p, catalog, asOf, ignored)).ToList();
        RefuseTwice(body, positions);
        return new()
        {
            AccountId = account,
            Timestamp = body.Time("timestamp"),
            Epoch = body.Text("epoch"),
            Complete = body.Flag("complete") ?? false,
            Positions = [.. positions.Where(p => p.Symbol.IsSet)],
            Ignored = [.. (ignored ?? []).Distinct()],
        };
    }

    private static SnapshotPosition ReadPosition(JsonFields body, ContractCatalog catalog, DateOnly asOf, List<string>? ignored)
    {
        body.Require("symbol");
        var contract = body.Contract(catalog, asOf);
        var unknown = contract is null && ignored is not null ? TakeUnknown(body) : null;
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
        if (unknown is not null && !position.IsFlat) ignored!.Add(unknown);
        return position;
    }

    /// <summary>The spelling that nobody knows, which is then no problem; null: something else is wrong with it.</summary>
    private static string? TakeUnknown(JsonFields body)
    {
        if (body.Problems.Count == 0 || body.Problems[^1] is not { Code: "unknown_symbol" or "invalid_symbol", Values: [string text] } problem) return null;
        if (problem.Field != body.PathOf("symbol") || string.IsNullOrWhiteSpace(text)) return null;
        body.Problems.RemoveAt(body.Problems.Count - 1);
        return text.Trim();
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
/// <param name="Complete">What is left out is flat, unless it names contracts that we do not know.</param>
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

/// <param name="Ignored">Contracts it tells lots of that are none of ours; while there are any, a leg that is left out is unconfirmed, and not flat.</param>
public sealed record SnapshotAnswer(IReadOnlyList<DifferenceAnswer> Differences, IReadOnlyList<string> Ignored)
{
    public static SnapshotAnswer Of(SnapshotResult result) => new(
        [.. result.Differences.Select(d => new DifferenceAnswer(d.Symbol.ToString(), d.Side, d.Ours.Value, d.Theirs.Value, d.Action))], result.Ignored);
}

/// <param name="Ours">Volume we held before.</param>
/// <param name="Theirs">Volume the snapshot says.</param>
public sealed record DifferenceAnswer(string Symbol, Side Direction, decimal Ours, decimal Theirs, SnapshotAction Action);
