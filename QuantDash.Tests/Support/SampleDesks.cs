using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Features.Locks;
using QuantDash.Web.Features.Positions;

namespace QuantDash.Tests.Support;

/// <summary>Takes every wish and remembers it; <see cref="Refusal"/> makes it refuse.</summary>
internal sealed class SampleLockDesk : ILockDesk
{
    public List<LockRule> Saved { get; } = [];
    public List<Guid> Deleted { get; } = [];
    public List<(Guid Trigger, Price? Shown, bool Force)> Confirmed { get; } = [];
    public List<Guid> Cancelled { get; } = [];
    public List<(Guid Trigger, string Note)> Done { get; } = [];
    public Problem? Refusal { get; set; }

    /// <summary>A confirmation is answered when this has ended.</summary>
    public Task Ends { get; set; } = Task.CompletedTask;

    /// <summary>Which rules of a batch <see cref="Refusal"/> is about.</summary>
    public Func<LockRule, bool> Refuses { get; set; } = _ => true;

    /// <summary>What a firing that unlocks is said to do.</summary>
    public UnlockPreview? Unlock { get; set; }

    public Task<Outcome<UnlockPreview>> PreviewUnlockAsync(Guid triggerId) =>
        Task.FromResult(Unlock is { } preview ? Outcome<UnlockPreview>.Success(preview) : Outcome<UnlockPreview>.Failure("lock_id", "unknown_lock", triggerId));

    public Task<Outcome<LockTrigger>> MarkDoneAsync(Guid triggerId, string note)
    {
        Done.Add((triggerId, note));
        return Answer(SampleSnapshot.At(SampleSnapshot.Now).Triggers[0]);
    }

    public Task<Outcome<LockRule>> SaveAsync(LockRule rule)
    {
        Saved.Add(rule);
        return Answer(rule);
    }

    public Task<RuleBatch> SaveAllAsync(IReadOnlyList<RuleEdit> edits, bool write)
    {
        List<RuleRefused> refused = [.. edits.Select((edit, index) => (edit, index)).Where(e => Refusal is not null && Refuses(e.edit.Rule)).Select(e => new RuleRefused(e.index, Refusal!))];
        if (refused.Count > 0) return Task.FromResult(new RuleBatch([], refused));
        if (write) Saved.AddRange(edits.Select(edit => edit.Rule));
        return Task.FromResult(new RuleBatch([], []));
    }

    public Task<IReadOnlyList<RuleRefused>> DeleteAllAsync(IReadOnlyList<LockRule> seen, bool write)
    {
        IReadOnlyList<RuleRefused> refused = [.. seen.Select((rule, index) => (rule, index)).Where(s => Refusal is not null && Refuses(s.rule)).Select(s => new RuleRefused(s.index, Refusal!))];
        if (write && refused.Count == 0) Deleted.AddRange(seen.Select(rule => rule.Id));
        return Task.FromResult(refused);
    }

    public async Task<Outcome<LockTrigger>> ConfirmAsync(Guid triggerId, Price? shown, bool force)
    {
        Confirmed.Add((triggerId, shown, force));
        await Ends;
        return await Answer(SampleSnapshot.At(SampleSnapshot.Now).Triggers[0]);
    }

    public Task<Outcome<LockTrigger>> CancelAsync(Guid triggerId)
    {
        Cancelled.Add(triggerId);
        return Answer(SampleSnapshot.At(SampleSnapshot.Now).Triggers[0]);
    }

    public Task<Outcome<OrderPreview>> PreviewAsync(OrderRequest request) => new SampleOrderCounter().PreviewAsync(request);

    private Task<Outcome<T>> Answer<T>(T value) => Task.FromResult(Refusal is { } problem ? Outcome<T>.Failure([problem]) : Outcome<T>.Success(value));
}

/// <summary>Previews like a calm market.</summary>
internal sealed class SampleOrderCounter : IOrderCounter
{
    public List<OrderRequest> Placed { get; } = [];
    public List<ClientOrderId> Cancelled { get; } = [];
    public List<(ClientOrderId Id, Price Price, Volume? Most)> Replaced { get; } = [];

    /// <summary>What is sent is answered when this has ended.</summary>
    public Task Ends { get; set; } = Task.CompletedTask;
    public decimal ExpectedPrice { get; set; } = 2807;
    public Problem? Refusal { get; set; }

    public Task<Outcome<OrderPreview>> PreviewAsync(OrderRequest request) =>
        Task.FromResult(Refusal is { } problem ? Outcome<OrderPreview>.Failure([problem]) : Outcome<OrderPreview>.Success(Preview(request)));

    public async Task<Outcome<Order>> PlaceAsync(OrderRequest request)
    {
        Placed.Add(request);
        await Ends;
        return Outcome<Order>.Success(SampleSnapshot.At(SampleSnapshot.Now).Orders[0]);
    }

    public async Task<Outcome<Order>> CancelAsync(ClientOrderId id)
    {
        Cancelled.Add(id);
        await Ends;
        return Outcome<Order>.Success(SampleSnapshot.At(SampleSnapshot.Now).Orders[0]);
    }

    public Task<Outcome<ReplacePreview>> PreviewReplaceAsync(ClientOrderId id, Price price, Volume? most)
    {
        var order = SampleSnapshot.At(SampleSnapshot.Now).Orders[0];
        return Task.FromResult(Refusal is { } problem
            ? Outcome<ReplacePreview>.Failure([problem])
            : Outcome<ReplacePreview>.Success(new() { Order = order, Contract = SampleSnapshot.Gold, Price = price, Volume = most ?? order.Remaining, TradesAtOnce = price.Value <= 783.4m }));
    }

    public async Task<Outcome<Order>> ReplaceAsync(ClientOrderId id, Price price, Volume? most)
    {
        Replaced.Add((id, price, most));
        await Ends;
        return Outcome<Order>.Success(SampleSnapshot.At(SampleSnapshot.Now).Orders[0]);
    }

    private OrderPreview Preview(OrderRequest request)
    {
        static PreviewState State(decimal margin, decimal net, decimal perTick) => new()
        {
            Equity = 1_020_515, Margin = margin, MarginWithoutRelief = margin * 1.4m, Available = 1_020_515 - margin, RiskRatio = margin / 1_020_515, NetVolume = net, MoneyPerTick = perTick,
        };

        return new()
        {
            Request = request, Contract = SampleSnapshot.Pvc, OrderSide = request.Side == Side.Long ? OrderSide.Sell : OrderSide.Buy,
            Offsets = [new(request.Purpose == OrderPurpose.Lock ? Offset.Open : Offset.CloseToday, request.Volume)], PlannedVolume = request.Volume, DisplayedVolume = new(87),
            ExpectedPrice = new(ExpectedPrice), WouldRest = false, FillsAtOnce = request.TimeInForce.IsImmediate() ? Volume.Min(request.Volume, new(5)) : null, SlippageTicks = 1, FrozenProfit = 3300, FrozenTicks = 55, Before = State(161_610, -12, -60), After = State(161_610, 0, 0),
            FreezeMargin = 13_470, FreezeFee = 12, FreezeIsCovered = true, FeeNow = 12, UnwindFeeToday = 24, UnwindFeeLater = 24,
            Choices =
            [
                new() { Kind = PreviewChoiceKind.Lock, Profit = 3300, FeeNow = 12, FeeLater = 24, After = State(161_610, 0, 0) },
                new() { Kind = PreviewChoiceKind.Close, Profit = 3300, FeeNow = 12, FeeLater = 0, After = State(148_140, 0, 0) },
                new() { Kind = PreviewChoiceKind.Nothing, Profit = 3360, FeeNow = 0, FeeLater = 12, After = State(161_610, -12, -60) },
            ],
        };
    }
}

/// <summary>Templates in memory.</summary>
internal sealed class SampleTemplatesKept : ILockTemplates
{
    public List<LockTemplate> Kept { get; } = [];

    public Task<IReadOnlyList<LockTemplate>> ListAsync(CancellationToken stop = default) => Task.FromResult<IReadOnlyList<LockTemplate>>(Kept);

    public Task SaveAsync(LockTemplate template, CancellationToken stop = default)
    {
        Kept.RemoveAll(t => t.Id == template.Id);
        Kept.Add(template);
        return Task.CompletedTask;
    }

    public Task<bool> DeleteAsync(Guid id, CancellationToken stop = default) => Task.FromResult(Kept.RemoveAll(t => t.Id == id) > 0);
}
