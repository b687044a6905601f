namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>Does what a strategy asks for through the context of the event itself.</summary>
internal sealed class DoneAtOnce(IStrategyContext context, MirroredOrders orders, IReadOnlyList<IStrategyInstrument> instruments) : IStrategyWishes
{
    public void Place(int id, in OrderIntent intent) => orders.Add(id, context.Place(intent));

    public void Cancel(int id) => context.Cancel(orders.Of(id));

    public void MoveTo(IStrategyInstrument instrument, decimal net)
    {
        context.MoveTo(instrument, net);
        orders.LookFor(instruments);
    }

    public void SetTimer(string name, DateTimeOffset due) => context.SetTimer(name, due);

    public void Log(string message) => context.Log(message);

    public void Note(string name, string? value)
    {
        if (value is null) context.State.Forget(name);
        else context.State.Set(name, value);
    }
}
