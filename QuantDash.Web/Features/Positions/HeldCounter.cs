using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Positions;

/// <summary>Hands held orders to the trading thread.</summary>
public sealed class HeldCounter(TradingRuntime runtime, SameWish wishes) : IHeldCounter
{
    public Task<Outcome<HeldPlaced>> HoldAsync(HeldRequest request) => wishes.OnceAsync(request, () => runtime.RunAsync((engine, now) => engine.Held.Place(request, now)));

    public Task<Outcome<HeldOrder>> CancelAsync(Guid id) => runtime.RunAsync((engine, now) => engine.Held.Cancel(id, now));
}
