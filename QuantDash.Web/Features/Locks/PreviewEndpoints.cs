using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>What a lock, a close or an opening would do, before anybody confirms it.</summary>
internal static class PreviewEndpoints
{
    public static void MapPreview(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/lock/preview", PreviewAsync).RequireAuthorization(Scopes.Read).WithTags("Locks")
            .WithSummary("Frozen profit, margin before and after, fees now and later, lock and close side by side; of an order, or of a trigger_id")
            .Takes<PreviewBody>().Produces<PreviewAnswer>();

    private static async Task<IResult> PreviewAsync(
        HttpContext context, EngineReads reads, TradingRuntime runtime, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var snapshot = await reads.SnapshotAsync(stop);
        var request = body.Has("trigger_id") ? OfTrigger(body, snapshot) : OrderReader.Read(body, snapshot, catalog, clock.GetUtcNow(), OrderPurpose.Lock);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        if (UnlockOf(body, snapshot) is { } unlock) return Answers.Of(await runtime.ReadAsync((engine, now) => engine.Locks.PreviewUnlock(unlock, now), stop), UnlockPreviewAnswer.Of);
        return Answers.Of(await runtime.ReadAsync((engine, now) => engine.Preview(request!, now), stop), PreviewAnswer.Of);
    }

    /// <summary>The trigger in question, where it unlocks: its consequences are those of an unlock.</summary>
    private static LockTrigger? UnlockOf(JsonFields body, EngineSnapshot snapshot) =>
        body.Has("trigger_id") && body.Text("trigger_id") is { } text ? snapshot.Triggers.FirstOrDefault(t => t.Action == LockAction.Unlock && t.Id.ToString("D") == text) : null;

    private static OrderRequest? OfTrigger(JsonFields body, EngineSnapshot snapshot)
    {
        body.Require("trigger_id");
        if (body.Text("trigger_id") is not { } text) return null;
        if (snapshot.Triggers.FirstOrDefault(t => t.Id.ToString("D") == text) is not { } trigger)
        {
            body.Refuse("trigger_id", "unknown_trigger", text);
            return null;
        }

        return new(
            trigger.AccountId, trigger.Symbol, OrderPurpose.Lock, trigger.Direction, trigger.LockVolume.Minus(trigger.FilledVolume), OrderType.Market, null);
    }
}

/// <param name="TriggerId">A waiting trigger; then nothing else is needed. Of one that unlocks the answer is that of /api/lock/unlock/preview.</param>
/// <param name="Action">lock unless said otherwise.</param>
/// <param name="TimeInForce">day unless said otherwise.</param>
public sealed record PreviewBody(
    Guid? TriggerId = null,
    string? AccountId = null,
    string? Symbol = null,
    OrderPurpose Action = OrderPurpose.Lock,
    Side? Direction = null,
    decimal? Volume = null,
    OrderType? Type = null,
    decimal? Price = null,
    TimeInForce TimeInForce = TimeInForce.Day);

/// <summary>Figures after the fill hold if it is filled at <c>expected_price</c>; null where a price they need is unknown.</summary>
/// <param name="FillsAtOnce">What of a fak or fok order is expected to fill, the rest being cancelled; null for a day order, and without a quote.</param>
public sealed record PreviewAnswer(
    Guid AccountId,
    string Symbol,
    OrderPurpose Action,
    Side Direction,
    OrderSide Side,
    IReadOnlyList<PlannedOffsetAnswer> Offsets,
    decimal PlannedVolume,
    decimal? DisplayedVolume,
    decimal? ExpectedPrice,
    bool WouldRest,
    TimeInForce TimeInForce,
    decimal? FillsAtOnce,
    decimal? SlippageTicks,
    decimal? FrozenProfit,
    decimal? FrozenTicks,
    PreviewState Before,
    PreviewState? After,
    decimal? FreezeMargin,
    decimal? FreezeFee,
    bool? FreezeIsCovered,
    decimal? FeeNow,
    decimal? UnwindFeeToday,
    decimal? UnwindFeeLater,
    IReadOnlyList<PreviewChoice> Choices)
{
    public static PreviewAnswer Of(OrderPreview preview) => new(
        preview.Request.AccountId.Value, preview.Request.Symbol.ToString(), preview.Request.Purpose, preview.Request.Side, preview.OrderSide,
        [.. preview.Offsets.Select(o => new PlannedOffsetAnswer(o.Offset, o.Volume.Value))], preview.PlannedVolume.Value, preview.DisplayedVolume?.Value,
        preview.ExpectedPrice?.Value, preview.WouldRest, preview.Request.TimeInForce, preview.FillsAtOnce?.Value, preview.SlippageTicks, preview.FrozenProfit, preview.FrozenTicks, preview.Before, preview.After,
        preview.FreezeMargin, preview.FreezeFee, preview.FreezeIsCovered, preview.FeeNow, preview.UnwindFeeToday, preview.UnwindFeeLater, preview.Choices);
}

public sealed record PlannedOffsetAnswer(Offset Offset, decimal Volume);
