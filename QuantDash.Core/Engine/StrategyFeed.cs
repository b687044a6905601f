using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Engine;

/// <summary>Tells strategies what happens: one event after the other, on ticks of continuous trading. An exception stops the one that threw it, and no other.</summary>
internal sealed class StrategyFeed(ChangeLog changes, StrategyRegister register, StrategyOrderDesk orders, StrategyLedgerDesk ledger, TradingCalendar calendar, Func<DateTimeOffset> wall)
{
    /// <summary>Strategies that answer one another's fills without an end would hold up the engine.</summary>
    private const int MostRounds = 1_000;

    /// <summary>A timer that no tick came for is told by the machine's clock after this time.</summary>
    private static readonly TimeSpan TimerPatience = TimeSpan.FromSeconds(5);

    private volatile bool _answered;

    /// <summary>Ends the run of a strategy that broke.</summary>
    public Action<HostedStrategy, string> Break { get; set; } = (_, _) => { };

    public Action? Answered { get; set; }

    /// <summary>Makes the code of a run and tells it of the start, then of the bars of the past.</summary>
    public void Begin(HostedStrategy strategy, StrategyDefinition definition, ParameterValues values, IStrategy code, StrategyWarmUp warmUp)
    {
        (strategy.Code, strategy.WarmUpBars, strategy.AwaitsHistory, strategy.Parting) = (code, Math.Max(0, definition.WarmUpBars(values)), false, null);
        strategy.Context = new(strategy, orders);
        List<Core.Markets.History.Timeframe> lengths = [strategy.Instance.BarLength, .. definition.Timeframes(values)];
        foreach (var one in strategy.Instruments)
        {
            one.BarsTold = 0;
            one.Bars.Clear();
            one.Untold.Clear();
            one.Bars.AddRange(lengths.Distinct().Order().Select(length => new LiveBars(one.Contract, new(one.Scale, length), calendar)));
        }

        if (code is IStrategyRunner runner)
        {
            strategy.Answers = new(Nudge);
            runner.Connect(strategy.Answers);
        }

        Tell(strategy, new(StrategyEventKind.Start));
        strategy.HearsPast = true;
        foreach (var past in warmUp.Bars)
            if (strategy.Find(past.Symbol) is { } one) TellPast(one, past);
        strategy.HearsPast = false;
        if (strategy is { State: StrategyRunState.WarmingUp, WarmUpLeft: 0 }) Warm(strategy);
    }

    /// <summary>An accepted tick of a contract that strategies trade.</summary>
    public void OnTick(SymbolLane lane, HostedInstrument[] hosted, DateTimeOffset now)
    {
        var window = lane.Window!;
        foreach (var one in hosted)
        {
            if (window.Phase == SessionPhase.Continuous) StrategyLedgerDesk.Begin(one, window.TradingDay);
            one.LastSeenTicks = lane.Last.LastTicks;
            if (!lane.IsTradable || one.Working.Count == 0) continue;
            ledger.FillOnPaper(one, now);
            SeeStops(one);
        }

        foreach (var one in hosted)
            if (one.Owner.IsOn) Feed(one, lane, window, now);
    }

    /// <summary>Time passed: timers of quiet contracts on sources that go by the machine's clock.</summary>
    public void OnTimer(DateTimeOffset now)
    {
        foreach (var strategy in register.All)
        {
            if (strategy.Timers.Count == 0 || strategy.Account.Source.IsReplay || strategy.AwaitsHistory || !strategy.IsOn) continue;
            if (strategy.Instruments.Exists(one => one.Lane.IsTradable)) TellTimers(strategy, now - TimerPatience);
        }
    }

    /// <summary>The end of a step: answers from elsewhere, fills and ends of orders, what strategies want of it, and what is to be written down.</summary>
    public void GoOn()
    {
        if (register.Count == 0) return;
        if (_answered) TakeAnswers();
        if (changes.TouchesLots) ledger.Correct();
        // What is left after so many rounds is taken up with the next step.
        for (var round = 0; round < MostRounds && (TellInboxes() || orders.HasWork); round++)
        {
            var asked = orders.IsAsked;
            orders.Resolve();
            if (!asked && !HasNews()) break;
        }

        orders.Save();
        ledger.Save();
        foreach (var strategy in register.All)
            if (strategy.IsStirred) Remember(strategy);
    }

    /// <summary>Tells one event; an exception ends the run.</summary>
    public void Tell(HostedStrategy strategy, in StrategyEvent happened)
    {
        if (strategy.Code is not { } code || strategy.Context is not { } context) return;
        (strategy.Present, strategy.IsStirred) = (happened, true);
        if (!strategy.HearsPast)
        {
            context.Now = strategy.Account.Source.Now(wall());
            context.TradingDay = (happened.Instrument ?? strategy.Instruments[0]).Lane.Window?.TradingDay ?? context.TradingDay;
        }

        try
        {
            Tell(code, context, happened);
        }
        catch (Exception broken)
        {
            Break(strategy, $"{happened.Condition}: {broken.GetType().Name}: {broken.Message}");
        }
    }

    private static void Tell(IStrategy code, HostedContext context, in StrategyEvent happened)
    {
        switch (happened.Kind)
        {
            case StrategyEventKind.Start: code.OnStart(context); break;
            case StrategyEventKind.Tick: code.OnTick(context, happened.Instrument!, happened.Tick); break;
            case StrategyEventKind.Bar: code.OnBar(context, happened.Instrument!, happened.Bar); break;
            case StrategyEventKind.Order: code.OnOrder(context, happened.Order!); break;
            case StrategyEventKind.Fill: code.OnFill(context, happened.Fill); break;
            case StrategyEventKind.Timer: code.OnTimer(context, happened.Name!); break;
            case StrategyEventKind.Stop: code.OnStop(context); break;
            case StrategyEventKind.Answer or StrategyEventKind.Flatten: throw new InvalidOperationException($"{happened.Kind} is told to nobody.");
            default: throw new InvalidOperationException($"Unknown event {happened.Kind}.");
        }
    }

    /// <summary>A bar that was cut is told once trading goes on: nothing could be done with it before.</summary>
    private void Feed(HostedInstrument one, SymbolLane lane, SessionWindow window, DateTimeOffset now)
    {
        foreach (var bars in one.Bars)
            if (bars.Add(lane.Last, window) is { } bar) one.Untold.Enqueue(bar);
        var strategy = one.Owner;
        if (!lane.IsTradable || strategy.AwaitsHistory) return;
        TellInbox(strategy);
        TellTimers(strategy, now);
        while (strategy.IsOn && one.Untold.TryDequeue(out var bar)) TellBar(one, bar);
        if (!strategy.IsOn) return;
        Tell(strategy, new(StrategyEventKind.Tick) { Instrument = one, Tick = TickOf(lane) });
        strategy.NotePoint(now);
    }

    private void TellBar(HostedInstrument one, in StrategyBar bar)
    {
        Tell(one.Owner, new(StrategyEventKind.Bar) { Instrument = one, Bar = bar });
        if (bar.Timeframe == one.Owner.Instance.BarLength) one.BarsTold++;
        if (one.Owner is { State: StrategyRunState.WarmingUp, WarmUpLeft: 0 }) Warm(one.Owner);
    }

    private void TellPast(HostedInstrument one, PastBar past)
    {
        if (one.Owner is not { IsOn: true, Context: { } context }) return;
        (context.Now, context.TradingDay, one.PastTicks) = (DateTimeOffset.FromUnixTimeMilliseconds(past.Bar.End), past.TradingDay, past.Bar.CloseTicks);
        Tell(one.Owner, new(StrategyEventKind.Bar) { Instrument = one, Bar = past.Bar });
        if (past.Bar.Timeframe == one.Owner.Instance.BarLength) one.BarsTold++;
        one.PastTicks = 0;
    }

    private static void Warm(HostedStrategy strategy) => strategy.Run = strategy.Run! with { State = StrategyRunState.Running };

    private void SeeStops(HostedInstrument one)
    {
        var last = one.Lane.Last.LastTicks;
        foreach (var hosted in one.Working.FindAll(hosted => hosted.Stage == HostedStage.Armed))
            if (hosted.Order.Side == OrderSide.Buy ? last >= hosted.Order.PriceTicks : last <= hosted.Order.PriceTicks) orders.Trigger(hosted);
    }

    private void TellTimers(HostedStrategy strategy, DateTimeOffset due)
    {
        while (strategy.IsOn && strategy.Timers.Where(timer => timer.Due <= due).OrderBy(timer => timer.Due).FirstOrDefault() is { } timer)
        {
            strategy.Timers.Remove(timer);
            strategy.TimersVersion++;
            Tell(strategy, new(StrategyEventKind.Timer) { Name = timer.Name });
        }
    }

    private bool TellInboxes()
    {
        var told = false;
        foreach (var strategy in register.All) told |= TellInbox(strategy);
        return told;
    }

    private bool TellInbox(HostedStrategy strategy)
    {
        if (strategy.Inbox.Count == 0 || strategy.AwaitsHistory) return false;
        while (strategy.Inbox.TryDequeue(out var news))
            if (strategy.IsOn) Tell(strategy, news);
        return true;
    }

    private bool HasNews() => register.All.Any(strategy => strategy is { AwaitsHistory: false, Inbox.Count: > 0 });

    private void TakeAnswers()
    {
        _answered = false;
        foreach (var strategy in register.All)
        {
            if (strategy is { IsOn: false, Parting: { } parting }) TakeParting(strategy, parting);
            if (strategy is not { IsOn: true, Answers: { } answers }) continue;
            (strategy.Present, strategy.IsStirred) = (new(StrategyEventKind.Answer), true);
            strategy.Context!.Now = strategy.Account.Source.Now(wall());
            if (answers.Failure is { } reason) Break(strategy, reason);
            else while (strategy.IsOn && answers.TryTake(out var action)) Do(strategy, action!);
        }
    }

    /// <summary>What it noted and logged when it was told to stop; it orders nothing any more.</summary>
    private void TakeParting(HostedStrategy strategy, StrategyAnswers parting)
    {
        strategy.Context!.Now = strategy.Account.Source.Now(wall());
        while (parting.TryTake(out var action))
        {
            if (action is not (StrategyAction.Note or StrategyAction.Log)) continue;
            strategy.IsStirred = true;
            Do(strategy, action);
        }
    }

    private void Do(HostedStrategy strategy, StrategyAction action)
    {
        try
        {
            StrategyActing.Do(strategy, orders, action);
        }
        catch (Exception broken)
        {
            Break(strategy, $"{action.GetType().Name}: {broken.Message}");
        }
    }

    private void Nudge()
    {
        _answered = true;
        Answered?.Invoke();
    }

    /// <summary>Its run, notes, timers and counters, where they changed.</summary>
    private void Remember(HostedStrategy strategy)
    {
        (strategy.IsStirred, strategy.Asked) = (false, 0);
        if (strategy.Run is { } run && run != strategy.SavedRun)
        {
            changes.Add(new JournalChange.StrategyRunSaved(run, strategy.SavedRun));
            strategy.SavedRun = run;
        }

        var memory = (strategy.Notes.Version, strategy.TimersVersion, strategy.Counters);
        if (strategy.SavedMemory == memory) return;
        strategy.SavedMemory = memory;
        changes.Add(new JournalChange.StrategyMemorySaved(new()
        {
            InstanceId = strategy.Id,
            Notes = new Dictionary<string, string>(strategy.Notes.Values, StringComparer.Ordinal),
            Timers = [.. strategy.Timers],
            Counters = strategy.Counters,
            UpdatedAt = strategy.Account.Source.Now(wall()),
        }));
    }

    private static StrategyTick TickOf(SymbolLane lane)
    {
        ref readonly var tick = ref lane.Last;
        return new(tick.OccurredAt.ToUnixTimeMilliseconds(), tick.LastTicks, tick.BidTicks, tick.AskTicks, (double)tick.BidVolume, (double)tick.AskVolume, (double)tick.DayVolume);
    }
}
