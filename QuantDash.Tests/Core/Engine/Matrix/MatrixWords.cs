using QuantDash.Core.Orders;

namespace QuantDash.Tests.Core.Engine.Matrix;

/// <summary>Orders in words short enough for a table.</summary>
internal static class MatrixWords
{
    /// <summary>Each order as it ended, a1 being the first child of the first trigger; neighbours that differ in price alone are one entry.</summary>
    /// <param name="versions">Every version of every order, oldest first.</param>
    /// <param name="triggers">Oldest first.</param>
    public static string Orders(IEnumerable<Order> versions, IReadOnlyList<Guid> triggers)
    {
        var parts = new List<(string Trigger, string What, string Prices, int First, int Last)>();
        foreach (var order in versions.GroupBy(order => order.Id).Select(group => group.Last()))
        {
            var trigger = ((char)('a' + triggers.ToList().IndexOf(order.TriggerId!.Value))).ToString();
            var what = $"{order.Side} {order.Offset} {order.Volume}, {order.FilledVolume} filled, {order.State}{(order.Reason is { } reason ? $" ({reason})" : "")}";
            if (parts is [.., var last] && last.Trigger == trigger && last.What == what)
                parts[^1] = last with { Prices = $"{last.Prices.Split("..")[0]}..{order.LimitPrice}", Last = order.Child };
            else parts.Add((trigger, what, $"{order.LimitPrice}", order.Child, order.Child));
        }
        return parts.Count == 0 ? "—" : string.Join("; ", parts.Select(part =>
            $"{part.Trigger}{part.First}{(part.Last > part.First ? $"-{part.Last}" : "")} {part.What}, limit {part.Prices}"));
    }
}
