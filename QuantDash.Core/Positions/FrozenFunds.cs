using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>What working orders hold back: full-leg margin of what they would open and the fee, per unit still to be filled.</summary>
internal sealed class FrozenFunds
{
    private readonly Dictionary<string, Frozen> _orders = new(StringComparer.Ordinal);

    public decimal Margin { get; private set; }
    public decimal Fees { get; private set; }

    public void Freeze(string orderId, Volume volume, decimal marginPerUnit, decimal feePerUnit)
    {
        _orders[orderId] = new(volume, marginPerUnit, feePerUnit);
        Sum();
    }

    public void Fill(string orderId, Volume volume)
    {
        if (!_orders.TryGetValue(orderId, out var frozen)) return;
        _orders[orderId] = frozen with { Volume = frozen.Volume.Minus(volume) };
        Sum();
    }

    public void Release(string orderId)
    {
        if (_orders.Remove(orderId)) Sum();
    }

    /// <summary>Margin and fee held back for one order; zero when it is not known.</summary>
    public decimal Of(string orderId) => _orders.TryGetValue(orderId, out var frozen) ? frozen.Margin + frozen.Fee : 0m;

    public FrozenFunds Copy()
    {
        var copy = new FrozenFunds();
        foreach (var (id, frozen) in _orders) copy._orders.Add(id, frozen);
        copy.Sum();
        return copy;
    }

    private void Sum()
    {
        Margin = _orders.Values.Sum(frozen => frozen.Margin);
        Fees = _orders.Values.Sum(frozen => frozen.Fee);
    }

    private readonly record struct Frozen(Volume Volume, decimal MarginPerUnit, decimal FeePerUnit)
    {
        public decimal Margin => Volume.Value * MarginPerUnit;
        public decimal Fee => Volume.Value * FeePerUnit;
    }
}
