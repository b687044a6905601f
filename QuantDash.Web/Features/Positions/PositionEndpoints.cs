using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Positions;

/// <summary>Positions out, position snapshots of programs in.</summary>
public static class PositionEndpoints
{
    public static void MapPositions(this IEndpointRouteBuilder app)
    {
        var positions = app.MapGroup("/api").RequireAuthorization(Scopes.Read).WithTags("Positions");
        positions.MapGet("positions", ListAsync).WithSummary("Both legs of every contract held (account_id, symbol)").Produces<ListAnswer<PositionAnswer>>();
        positions.MapPost("position_snapshots", ApplyAsync).RequireAuthorization(Scopes.Bridge)
            .WithSummary("What the venue says an account holds; answers with the differences").Takes<SnapshotBody>().Produces<SnapshotAnswer>();
    }

    private static async Task<IResult> ListAsync(HttpContext context, EngineReads reads, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var snapshot = await reads.SnapshotAsync(stop);
        var query = new QueryFields(context.Request.Query);
        var account = query.Account(snapshot);
        var symbol = query.Symbol(catalog, TradingFields.DayOf(snapshot, null, clock.GetUtcNow()));
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        return Answers.Whole(snapshot.Accounts
            .Where(a => account is null || a.Account.Id == account)
            .SelectMany(a => a.Positions.Where(p => symbol is null || p.Contract.Symbol == symbol).Select(p => PositionAnswer.Of(p, snapshot, a))));
    }

    private static async Task<IResult> ApplyAsync(
        HttpContext context, EngineReads reads, TradingRuntime runtime, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var snapshot = await reads.SnapshotAsync(stop);
        body.Require("account_id");
        var account = body.Account(snapshot);
        return Answers.Of(await SnapshotReader.TakeAsync(body, account, runtime, catalog, TradingFields.DayOf(snapshot, account, clock.GetUtcNow()), stop), answer => answer);
    }
}

/// <summary>The columns of <c>positions</c>: both legs of one contract.</summary>
/// <param name="Direction">long, short, both or flat.</param>
public sealed record PositionAnswer(
    Guid AccountId,
    string Symbol,
    string Direction,
    decimal LongPosition,
    decimal LongToday,
    decimal? LongAvgPrice,
    decimal? LongProfit,
    decimal LongMargin,
    decimal LongLockedVolume,
    decimal LongLockableVolume,
    bool IsLongLocked,
    bool LongUnconfirmed,
    decimal ShortPosition,
    decimal ShortToday,
    decimal? ShortAvgPrice,
    decimal? ShortProfit,
    decimal ShortMargin,
    decimal ShortLockedVolume,
    decimal ShortLockableVolume,
    bool IsShortLocked,
    bool ShortUnconfirmed,
    decimal NetPosition,
    decimal? LastPrice,
    decimal Margin,
    DateTimeOffset UpdatedAt,
    LegAnalysisAnswer? LongAnalysis,
    LegAnalysisAnswer? ShortAnalysis)
{
    public static PositionAnswer Of(PositionView position, EngineSnapshot snapshot, AccountView account)
    {
        var (l, s) = (position.Long, position.Short);
        return new(
            position.AccountId.Value, position.Contract.Symbol.ToString(), DirectionOf(position),
            l.Volume.Value, l.TodayVolume.Value, l.AverageOpenPrice?.Value, l.FloatingPnl, l.Margin, l.LockedVolume.Value, l.LockableVolume.Value,
            IsLocked(l), l.Unconfirmed,
            s.Volume.Value, s.TodayVolume.Value, s.AverageOpenPrice?.Value, s.FloatingPnl, s.Margin, s.LockedVolume.Value, s.LockableVolume.Value,
            IsLocked(s), s.Unconfirmed,
            position.NetVolume, position.Mark?.Value, position.Margin, snapshot.At,
            LegAnalysisAnswer.Of(snapshot, account, position, l), LegAnalysisAnswer.Of(snapshot, account, position, s));
    }

    private static bool IsLocked(LegView leg) => !leg.Volume.IsZero && leg.LockedVolume >= leg.Volume;

    private static string DirectionOf(PositionView position) => (position.Long.Volume.IsZero, position.Short.Volume.IsZero) switch
    {
        (true, true) => "flat",
        (false, true) => "long",
        (true, false) => "short",
        (false, false) => "both",
    };
}

/// <summary>How far a leg has been since it was opened, and what its nearest armed stop would leave of it, before fees.</summary>
/// <param name="MaxProfit">Max favourable excursion, in money.</param>
/// <param name="MaxProfitTicks">The same per unit of volume, in ticks.</param>
/// <param name="MinProfit">Max adverse excursion, 0 or less.</param>
/// <param name="StopPrice">Level of the nearest armed stop; null: none is armed.</param>
/// <param name="StopVolume">Lots it takes.</param>
/// <param name="ProfitAtStop">What they keep, or lose where it is negative, if it fills at its level.</param>
public sealed record LegAnalysisAnswer(decimal? MaxProfit, decimal? MaxProfitTicks, decimal? MinProfit, decimal? MinProfitTicks, decimal? StopPrice, decimal? StopVolume, decimal? ProfitAtStop)
{
    /// <returns>Null for a leg that holds nothing.</returns>
    public static LegAnalysisAnswer? Of(EngineSnapshot snapshot, AccountView account, PositionView position, LegView leg)
    {
        if (leg.Volume.IsZero) return null;
        var stop = StopOutcome.Of(ProtectionMap.Of(snapshot, account, position, leg), position.Contract);
        return new(leg.Excursion?.Favourable, leg.Excursion?.FavourableTicks, leg.Excursion?.Adverse, leg.Excursion?.AdverseTicks, stop?.Level.Value, stop?.Volume.Value, stop?.Profit);
    }
}
