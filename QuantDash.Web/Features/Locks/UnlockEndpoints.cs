using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>解锁 over HTTP: its preview with the ladder table, and the orders; mending broken locks; pairs that no lock owns.</summary>
internal static class UnlockEndpoints
{
    public static void MapUnlock(this IEndpointRouteBuilder app)
    {
        var locks = app.MapGroup("/api").RequireAuthorization(Scopes.Trade).WithTags("Locks");
        // Beside the group: policies add up, and looking needs no more than the right to look.
        app.MapPost("/api/lock/unlock/preview", PreviewAsync).RequireAuthorization(Scopes.Read).WithTags("Locks")
            .WithSummary("What closing one leg of a lock, or both, would do; with the ladder table over a price grid").Takes<UnlockBody>().Produces<UnlockPreviewAnswer>();
        locks.MapPost("lock/unlock", UnlockAsync).WithSummary("Closes one leg of a lock, or both; orders go out one after another")
            .Takes<UnlockBody>().Produces<UnlockAnswer>();
        locks.MapPost("locks/{id:guid}/relock", (Guid id, HttpContext context, TradingRuntime runtime, CancellationToken stop) =>
                MendAsync(context, runtime, (engine, type, price, now) => engine.Locks.Relock(id, type, price, now), stop))
            .WithSummary("Opens again what a broken lock lost").Takes<MendBody>(optional: true).Produces<UnlockAnswer>();
        locks.MapPost("locks/{id:guid}/close", (Guid id, HttpContext context, TradingRuntime runtime, CancellationToken stop) =>
                MendAsync(context, runtime, (engine, type, price, now) => engine.Locks.CloseUncovered(id, type, price, now), stop))
            .WithSummary("Closes what a broken lock no longer covers").Takes<MendBody>(optional: true).Produces<UnlockAnswer>();
        locks.MapPost("locks/adopt", AdoptAsync).WithSummary("Calls a pair of legs that no lock owns a lock").Takes<PairBody>().Produces<LockAnswer>();
        locks.MapPost("locks/decline", DeclineAsync).WithSummary("Calls it two legs on their own").Takes<PairBody>().Produces<LockAnswer>();
    }

    private static async Task<IResult> PreviewAsync(
        HttpContext context, EngineReads reads, TradingRuntime runtime, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var request = UnlockReader.Read(body, await reads.SnapshotAsync(stop), catalog, clock.GetUtcNow());
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return Answers.Of(await runtime.ReadAsync((engine, now) => engine.Locks.PreviewUnlock(request!, now), stop), UnlockPreviewAnswer.Of);
    }

    private static async Task<IResult> UnlockAsync(
        HttpContext context, EngineReads reads, TradingRuntime runtime, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var request = UnlockReader.Read(body, await reads.SnapshotAsync(stop), catalog, clock.GetUtcNow());
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return Answers.Of(await runtime.RunAsync((engine, now) => engine.Locks.Unlock(request!, now), stop), UnlockAnswer.Of);
    }

    private static async Task<IResult> MendAsync(
        HttpContext context, TradingRuntime runtime, Func<TradingEngine, OrderType, Price?, DateTimeOffset, Outcome<Unlocked>> mend, CancellationToken stop)
    {
        var body = await JsonBody.ReadOptionalObjectAsync(context);
        var price = body.Number("price");
        if (price <= 0) body.Refuse("price", "not_positive", price);
        var type = body.Choice<OrderType>("type") ?? (price is null ? OrderType.Market : OrderType.Limit);
        if (type == OrderType.Limit && price is null && body.Problems.Count == 0) body.Require("price");
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        Price? limit = type == OrderType.Limit ? new Price(price!.Value) : null;
        return Answers.Of(await runtime.RunAsync((engine, now) => mend(engine, type, limit, now), stop), UnlockAnswer.Of);
    }

    private static async Task<IResult> AdoptAsync(
        HttpContext context, EngineReads reads, TradingRuntime runtime, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var (account, contract) = ReadPair(body, await reads.SnapshotAsync(stop), catalog, clock.GetUtcNow());
        var volume = body.Volume("volume", contract);
        if (volume is { IsZero: true }) body.Refuse("volume", "not_positive", 0m);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return Answers.Of(await runtime.RunAsync((engine, now) => engine.Locks.AdoptPair(account!.Account.Id, contract!.Symbol, volume, now), stop), LockAnswer.Of);
    }

    private static async Task<IResult> DeclineAsync(
        HttpContext context, EngineReads reads, TradingRuntime runtime, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var (account, contract) = ReadPair(body, await reads.SnapshotAsync(stop), catalog, clock.GetUtcNow());
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return Answers.Of(await runtime.RunAsync((engine, now) => engine.Locks.DeclinePair(account!.Account.Id, contract!.Symbol, now), stop), LockAnswer.Of);
    }

    private static (AccountView? Account, Contract? Contract) ReadPair(JsonFields body, EngineSnapshot snapshot, ContractCatalog catalog, DateTimeOffset now)
    {
        body.Require("account_id", "symbol");
        var account = body.Account(snapshot);
        return (account, body.Contract(catalog, TradingFields.DayOf(snapshot, account, now)));
    }
}
