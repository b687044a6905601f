using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Features.Positions;

namespace QuantDash.Tests.Support;

/// <summary>Previews an unlock like a calm market, takes every wish and remembers it.</summary>
internal sealed class SampleLockCounter : ILockCounter
{
    public List<UnlockRequest> Unlocked { get; } = [];
    public List<Guid> Relocked { get; } = [];
    public List<Guid> Closed { get; } = [];
    public List<Symbol> Adopted { get; } = [];
    public List<Symbol> Declined { get; } = [];
    public Problem? Refusal { get; set; }

    /// <summary>Every wish is answered when this has ended.</summary>
    public Task Ends { get; set; } = Task.CompletedTask;

    public Task<Outcome<UnlockPreview>> PreviewAsync(UnlockRequest request) => Answer(Preview(request));

    public Task<Outcome<Unlocked>> UnlockAsync(UnlockRequest request)
    {
        Unlocked.Add(request);
        return Answer(new Unlocked([], []));
    }

    public Task<Outcome<Unlocked>> RelockAsync(Guid lockId)
    {
        Relocked.Add(lockId);
        return Answer(new Unlocked([], []));
    }

    public Task<Outcome<Unlocked>> CloseUncoveredAsync(Guid lockId)
    {
        Closed.Add(lockId);
        return Answer(new Unlocked([], []));
    }

    public Task<Outcome<PositionLock>> AdoptAsync(AccountId account, Symbol symbol)
    {
        Adopted.Add(symbol);
        return Answer(SampleSnapshot.At(SampleSnapshot.Now).Locks[0]);
    }

    public Task<Outcome<PositionLock>> DeclineAsync(AccountId account, Symbol symbol)
    {
        Declined.Add(symbol);
        return Answer(SampleSnapshot.At(SampleSnapshot.Now).Locks[0]);
    }

    private async Task<Outcome<T>> Answer<T>(T value)
    {
        if (value is not UnlockPreview) await Ends;
        return Refusal is { } problem ? Outcome<T>.Failure([problem]) : Outcome<T>.Success(value);
    }

    private static UnlockPreview Preview(UnlockRequest request)
    {
        static PreviewState State(decimal margin, decimal net) => new()
        {
            Equity = 1_020_515, Margin = margin, MarginWithoutRelief = margin * 2, Available = 1_020_515 - margin, RiskRatio = margin / 1_020_515, NetVolume = net, MoneyPerTick = net * 10,
        };

        var volume = request.Volume ?? new(8);
        return new()
        {
            Request = request, Contract = SampleSnapshot.Pta, Volume = volume, Locked = new(8),
            Parts = [.. request.Sides.Select(side => new UnlockPart(request.LockId ?? Guid.Empty, side, Offset.Close, volume, []))],
            Legs = [.. request.Sides.Select(side => new UnlockLegPreview { Leg = side, OrderSide = side.ClosingOrder(), DisplayedVolume = new(87), ExpectedPrice = new(5690), WouldRest = false, SlippageTicks = 1 })],
            RealisedProfit = 480, FeeNow = 0, FeeLater = 24, FrozenBefore = 8080, FrozenAfter = 0, Before = State(45_000, 2), After = State(40_000, 10), AddsExposure = request.Legs != UnlockLegs.Both, IsCovered = true,
            Choices = [.. Enum.GetValues<UnlockChoiceKind>().Select(kind => new UnlockChoice { Kind = kind, Profit = 480, FeeNow = 0, FeeLater = 24, After = State(40_000, 10) })],
            Ladder = [new(new(5690), new(7600, 7576, new(5712), new(5710)), new(480, 456, new(5488), new(5490)), 8080, 8032), new(new(5688), new(7520, 7496, new(5710), new(5708)), new(560, 536, new(5486), new(5488)), 8080, 8032)],
        };
    }
}
