using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Carries out what a strategy elsewhere wants, as if it had done it through its context.</summary>
internal static class StrategyActing
{
    public static void Do(HostedStrategy strategy, StrategyOrderDesk orders, StrategyAction action)
    {
        var context = strategy.Context!;
        switch (action)
        {
            case StrategyAction.Place place: Place(strategy, orders, place); break;
            case StrategyAction.Cancel cancel: Cancel(strategy, orders, cancel); break;
            case StrategyAction.MoveTo move: context.MoveTo(Own(strategy, move.Symbol), move.Net); break;
            case StrategyAction.SetTimer timer: context.SetTimer(timer.Name, timer.Due); break;
            case StrategyAction.Log log: context.Log(log.Message); break;
            case StrategyAction.Note { Value: { } value } note: strategy.Notes.Set(note.Name, value); break;
            case StrategyAction.Note note: strategy.Notes.Forget(note.Name); break;
            default: throw new InvalidOperationException($"Unknown action {action}.");
        }
    }

    private static void Place(HostedStrategy strategy, StrategyOrderDesk orders, StrategyAction.Place place)
    {
        if (place.Handle <= strategy.LastHandle) throw new InvalidOperationException($"The order handle {place.Handle} does not follow {strategy.LastHandle}.");
        strategy.LastHandle = place.Handle;
        strategy.CountAsking();
        orders.Ask(strategy, new(Own(strategy, place.Symbol), place.Side, place.Offset, place.Volume, place.Type, place.PriceTicks), place.Handle);
    }

    private static void Cancel(HostedStrategy strategy, StrategyOrderDesk orders, StrategyAction.Cancel cancel)
    {
        // One that is over already is nothing to cancel.
        if (strategy.Orders.Values.FirstOrDefault(one => cancel.Handle > 0 ? one.Order.Handle == cancel.Handle : one.Order.Number == cancel.Number) is { } hosted) orders.Cancel(hosted, StrategyWords.ByStrategy);
    }

    private static HostedInstrument Own(HostedStrategy strategy, Symbol symbol) => strategy.Find(symbol) ?? throw new InvalidOperationException($"The strategy does not trade {symbol}.");
}
