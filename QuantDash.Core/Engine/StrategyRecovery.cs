using QuantDash.Core.Hosting;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Engine;

/// <summary>Brings strategies back as they were: books, orders, notes, timers and counters at once, so that trades and stops of theirs go on; what they are told next waits for bars of the past.</summary>
internal sealed class StrategyRecovery(AccountDesk accounts, StrategyRegister register, StrategyOrderDesk orders)
{
    /// <summary>After the orders of the accounts were restored.</summary>
    public void Load(RecoveredState state, DateTimeOffset now)
    {
        var runs = state.StrategyRuns.ToLookup(run => run.InstanceId);
        var signals = state.StrategySignals.ToLookup(signal => signal.InstanceId);
        foreach (var instance in state.Strategies)
        {
            if (accounts.Find(instance.AccountId) is not { } account) continue;
            var strategy = new HostedStrategy(instance, account);
            register.Add(strategy, now);
            strategy.Run = strategy.SavedRun = runs[instance.Id].MaxBy(run => run.StartedAt);
            strategy.AwaitsHistory = strategy.IsOn;
            foreach (var book in state.StrategyBooks.Where(book => book.InstanceId == instance.Id))
                if (strategy.Find(book.Symbol) is { } one) one.Book = one.SavedBook = book;
            if (state.StrategyMemories.FirstOrDefault(memory => memory.InstanceId == instance.Id) is { } memory) Remember(strategy, memory);
            foreach (var signal in signals[instance.Id].OrderBy(signal => signal.TriggerTime).ThenBy(signal => signal.Number)) Restore(strategy, signal);
            if (strategy.IsOn || !strategy.IsFlat || strategy.Orders.Count > 0) register.Hold(strategy, now);
        }
    }

    private static void Remember(HostedStrategy strategy, StrategyMemory memory)
    {
        strategy.Notes = new(memory.Notes);
        strategy.Timers.AddRange(memory.Timers);
        strategy.Counters = memory.Counters;
        strategy.SavedMemory = (strategy.Notes.Version, strategy.TimersVersion, memory.Counters);
    }

    private void Restore(HostedStrategy strategy, StrategySignal signal)
    {
        strategy.Note(signal);
        if (signal.RunId == strategy.Run?.Id) strategy.LastNumber = Math.Max(strategy.LastNumber, signal.Number);
        if (signal.IsOver || strategy.Find(signal.Symbol) is not { } instrument) return;
        var ticks = signal.Price is { } price && instrument.Contract.TryTicks(price, out var count) ? count : 0;
        var order = new StrategyOrder(signal.Number, new(instrument, signal.Side, signal.Offset, signal.Volume.Value, signal.Type, ticks)) { FilledVolume = signal.FilledVolume.Value, IsTriggered = signal.IsTriggered };
        var working = strategy.Account.Working.Values.Where(one => one.OriginId == signal.Id).Sum(one => one.Remaining.Value);
        orders.Restore(new(order, instrument, signal) { Stage = StageOf(strategy, signal), SentVolume = working + signal.FilledVolume.Value });
    }

    private static HostedStage StageOf(HostedStrategy strategy, StrategySignal signal) =>
        signal is { Type: StrategyOrderType.Stop, IsTriggered: false } ? HostedStage.Armed : strategy.Instance.Mode == StrategyMode.Shadow ? HostedStage.Shadow : HostedStage.Sent;
}
