using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Features.Orders;

namespace QuantDash.Tests.Support;

/// <summary>Settles whatever it is told, or refuses it.</summary>
internal sealed class SampleUnknownOrders : IUnknownOrders
{
    public List<(ClientOrderId Id, OrderSettlement Settlement)> Shown { get; } = [];
    public List<(ClientOrderId Id, OrderSettlement Settlement)> Settled { get; } = [];
    public Problem? Refusal { get; set; }

    /// <summary>A settlement is answered when this has ended.</summary>
    public Task Ends { get; set; } = Task.CompletedTask;

    public Task<Outcome<SettlementPreview>> PreviewAsync(AccountId account, ClientOrderId id, OrderSettlement settlement)
    {
        Shown.Add((id, settlement));
        return Answer(new SettlementPreview
        {
            Order = SampleSnapshot.At(SampleSnapshot.Now).Orders[0], Settlement = settlement, Books = new(10), Remaining = Volume.Zero, LegSide = Side.Short, LegBefore = new(2), LegAfter = new(12),
            Then = SettlementThen.Done,
        });
    }

    public async Task<Outcome<Order>> SettleAsync(AccountId account, ClientOrderId id, OrderSettlement settlement)
    {
        Settled.Add((id, settlement));
        await Ends;
        return await Answer(SampleSnapshot.At(SampleSnapshot.Now).Orders[0]);
    }

    private Task<Outcome<T>> Answer<T>(T value) => Task.FromResult(Refusal is { } problem ? Outcome<T>.Failure([problem]) : Outcome<T>.Success(value));
}
