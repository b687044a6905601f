namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>Takes what a strategy elsewhere asks for in its answer to an event, one wish after the other.</summary>
public interface IStrategyWishes
{
    /// <param name="id">The strategy's own number of the order, above 0 and never used twice.</param>
    void Place(int id, in OrderIntent intent);

    /// <param name="id">As placed; below 0: minus the <see cref="StrategyOrder.Number"/> of an order its host made.</param>
    void Cancel(int id);
    void MoveTo(IStrategyInstrument instrument, decimal net);
    void SetTimer(string name, DateTimeOffset due);
    void Log(string message);

    /// <param name="value">Null: forgotten.</param>
    void Note(string name, string? value);
}
