using QuantDash.Core.Hosting;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Engine;

/// <summary>What strategies ask for: each order is a signal with its fate. They are collected within a step and decided together at its end, so that two strategies of one account are
/// not sent against each other.</summary>
internal sealed class StrategyOrderDesk(ChangeLog changes, StrategyRegister register, OrderDesk orders, ManualDesk manual, IIdentitySource ids, EngineOptions options, Func<DateTimeOffset> wall)
{
    private static readonly TimeSpan ToldApart = TimeSpan.FromMinutes(1);

    private readonly List<HostedOrder> _asked = [];
    private readonly List<HostedOrder> _waiting = [];
    private readonly List<HostedInstrument> _moving = [];
    private readonly HashSet<HostedOrder> _touched = [];
    private readonly Dictionary<(Guid Strategy, string Code), DateTimeOffset> _told = [];

    /// <summary>Whether anything was asked for and not decided.</summary>
    public bool IsAsked => _asked.Count > 0;

    /// <summary>Whether anything is left to decide.</summary>
    public bool HasWork => _asked.Count > 0 || _waiting.Count > 0 || _moving.Count > 0 || _touched.Count > 0;

    public HostedOrder Ask(HostedStrategy strategy, in OrderIntent intent, long handle = 0, bool byHost = false)
    {
        var instrument = intent.Instrument as HostedInstrument is { } own && own.Owner == strategy ? own : null;
        var order = new StrategyOrder(++strategy.LastNumber, intent) { Handle = handle };
        var hosted = new HostedOrder(order, instrument ?? strategy.Instruments[0], Describe(strategy, order, byHost));
        strategy.Counters = strategy.Counters with { Signals = strategy.Counters.Signals + 1 };
        if (strategy.Run is { IsOn: true } run) strategy.Run = run with { Signals = run.Signals + 1 };
        Touch(hosted);
        if (StrategyRefusals.Of(strategy, instrument, order, byHost) is { } problem)
        {
            Refuse(hosted, problem);
            return hosted;
        }

        strategy.Orders.Add(hosted.Signal.Id, hosted);
        hosted.Instrument.Working.Add(hosted);
        _asked.Add(hosted);
        return hosted;
    }

    /// <summary>Takes back what works, and places what is missing as soon as nothing works any more: at once where nothing does.</summary>
    public void MoveTo(HostedInstrument instrument, decimal net)
    {
        CancelAll(instrument, StrategyWords.ByStrategy);
        (instrument.Target, instrument.MovesByHost) = (net, false);
        if (instrument.Working.Count == 0) Move(instrument);
        else if (!_moving.Contains(instrument)) _moving.Add(instrument);
    }

    /// <summary>The trader closes what it holds.</summary>
    public void Flatten(HostedStrategy strategy)
    {
        strategy.Present = new(StrategyEventKind.Flatten);
        foreach (var instrument in strategy.Instruments)
        {
            CancelAll(instrument, StrategyWords.ByFlatten);
            (instrument.Target, instrument.MovesByHost) = (0m, true);
            if (!_moving.Contains(instrument)) _moving.Add(instrument);
        }
    }

    public void Cancel(HostedOrder hosted, string reason)
    {
        switch (hosted.Stage)
        {
            case HostedStage.Over: break;
            case HostedStage.Sent:
                foreach (var id in SentOrders(hosted).ToList())
                    if (orders.Find(id) is { } order) orders.Cancel(order, Now(hosted.Owner));
                if (hosted.Order.IsWorking) Touch(hosted, hosted.Signal with { ErrorMessage = reason });
                break;
            case HostedStage.Asked or HostedStage.Waiting or HostedStage.Armed or HostedStage.Shadow: End(hosted, StrategyOrderState.Cancelled, reason); break;
            default: throw new InvalidOperationException($"Unknown stage {hosted.Stage}.");
        }
    }

    public void CancelAll(HostedStrategy strategy, string reason, Func<HostedOrder, bool>? which = null)
    {
        foreach (var hosted in strategy.Orders.Values.Where(hosted => which is null || which(hosted)).ToList()) Cancel(hosted, reason);
    }

    /// <summary>Nothing is moved to any more.</summary>
    public void ForgetTargets(HostedStrategy strategy)
    {
        foreach (var instrument in strategy.Instruments) instrument.Target = null;
        _moving.RemoveAll(instrument => instrument.Owner == strategy);
    }

    /// <summary>A stop has seen its level: it goes out as an order at the market.</summary>
    public void Trigger(HostedOrder hosted)
    {
        hosted.Order.IsTriggered = true;
        hosted.Stage = HostedStage.Asked;
        Touch(hosted, hosted.Signal with { IsTriggered = true });
        _asked.Add(hosted);
    }

    /// <summary>Decides what was asked for, and what waited: closes first, then by precedence.</summary>
    public void Resolve()
    {
        foreach (var instrument in _moving.ToList())
        {
            if (instrument.Target is not null && instrument.Working.Count > 0) continue;
            _moving.Remove(instrument);
            if (instrument.Target is not null) Move(instrument);
        }

        if (_asked.Count == 0 && _waiting.Count == 0) return;
        List<HostedOrder> batch = [.. _waiting.Concat(_asked).Where(hosted => hosted.Order.IsWorking)];
        _asked.Clear();
        _waiting.Clear();
        batch.Sort(Precedence);
        foreach (var hosted in batch)
            if (hosted.Order.IsWorking) Take(hosted, batch);
    }

    /// <summary>Writes down what became of signals in this step.</summary>
    public void Save()
    {
        foreach (var hosted in _touched)
        {
            if (hosted.SavedSignal == hosted.Signal) continue;
            changes.Add(new JournalChange.StrategySignalSaved(hosted.Signal, hosted.SavedSignal));
            hosted.SavedSignal = hosted.Signal;
            hosted.Owner.Note(hosted.Signal);
        }

        _touched.Clear();
    }

    /// <summary>One found at start that is not over.</summary>
    public void Restore(HostedOrder hosted)
    {
        hosted.SavedSignal = hosted.Signal;
        hosted.Owner.Orders[hosted.Signal.Id] = hosted;
        hosted.Instrument.Working.Add(hosted);
        if (hosted.Stage == HostedStage.Sent && !SentOrders(hosted).Any()) End(hosted, StrategyOrderState.Cancelled, StrategyWords.ByRestart);
    }

    /// <summary>A trade of one of its orders.</summary>
    public void Filled(HostedStrategy strategy, HostedInstrument instrument, HostedOrder? hosted, in StrategyTrade trade)
    {
        var side = trade.Opens == (trade.Side == OrderSide.Buy) ? Side.Long : Side.Short;
        var before = instrument.Book;
        instrument.Book = trade.Opens ? before.Opened(side, trade.Volume, trade.Price.Value, trade.Fee) : before.Closed(side, trade.Volume, trade.Price.Value, instrument.Multiplier, trade.Fee);
        strategy.Counters = strategy.Counters with { Fills = strategy.Counters.Fills + 1 };
        strategy.IsStirred = true;
        if (strategy.Run is { } run)
        {
            var realised = instrument.Book.RealisedTotal - before.RealisedTotal - trade.Fee;
            strategy.Run = run with { Fills = run.Fills + 1, RealisedPnl = run.RealisedPnl + realised };
        }

        if (hosted is null) return;
        var signal = hosted.Signal;
        var cost = (signal.FilledVolume.Value * (signal.AverageFillPrice?.Value ?? 0m)) + (trade.Volume * trade.Price.Value);
        hosted.Order.FilledVolume += trade.Volume;
        Touch(hosted, signal with { FilledVolume = new(hosted.Order.FilledVolume), AverageFillPrice = new(cost / hosted.Order.FilledVolume), Result = SignalResult.Success });
        strategy.Inbox.Enqueue(new(StrategyEventKind.Fill)
        {
            Instrument = instrument,
            Fill = new(hosted.Order, (long)(trade.Price.Value / instrument.PriceTick), trade.Volume, trade.Fee, trade.At.ToUnixTimeMilliseconds()),
        });
    }

    /// <summary>One of the account's orders that it became has ended.</summary>
    public void Closed(HostedOrder hosted, Order order)
    {
        if (SentOrders(hosted).Any()) return;
        var filled = hosted.Order.FilledVolume;
        if (filled >= hosted.Order.Volume) End(hosted, StrategyOrderState.Filled, null);
        else if (order.State == OrderState.Rejected && filled == 0m) End(hosted, StrategyOrderState.Rejected, order.Reason);
        else End(hosted, StrategyOrderState.Cancelled, filled >= hosted.SentVolume ? StrategyWords.RestNotHeld : order.Reason ?? hosted.Signal.ErrorMessage);
    }

    public void End(HostedOrder hosted, StrategyOrderState state, string? reason, Problem? problem = null)
    {
        (hosted.Stage, hosted.Order.State, hosted.Order.Reason) = (HostedStage.Over, state, reason);
        Touch(hosted, hosted.Signal with
        {
            IsOver = true,
            Result = hosted.Order.FilledVolume > 0m ? SignalResult.Success : SignalResult.Failed,
            ErrorMessage = reason,
            ProblemCode = problem?.Code,
            ProblemValues = problem is null ? [] : StrategyWords.Values(problem),
        });
        hosted.Owner.Orders.Remove(hosted.Signal.Id);
        hosted.Instrument.Working.Remove(hosted);
        hosted.Owner.Inbox.Enqueue(new(StrategyEventKind.Order) { Order = hosted.Order });
    }

    private void Refuse(HostedOrder hosted, Problem problem)
    {
        var strategy = hosted.Owner;
        strategy.Counters = strategy.Counters with { Refused = strategy.Counters.Refused + 1 };
        End(hosted, StrategyOrderState.Rejected, StrategyWords.Sentence(problem), problem);
        var now = Now(strategy);
        // A strategy may ask with every tick; the signals have each of them.
        if (_told.TryGetValue((strategy.Id, problem.Code), out var before) && now - before < ToldApart) return;
        _told[(strategy.Id, problem.Code)] = now;
        changes.Tell(
            now, TapeSeverity.Warning, "strategy.refused", new(strategy.Account.Id, hosted.Signal.Symbol, strategy.Id),
            strategy.Instance.Name, hosted.Order.Side == OrderSide.Buy ? "buy" : "sell", hosted.Signal.Volume.ToString(), StrategyWords.Sentence(problem));
    }

    private void Take(HostedOrder hosted, List<HostedOrder> batch)
    {
        if (hosted.Order is { Type: StrategyOrderType.Stop, IsTriggered: false })
        {
            hosted.Stage = HostedStage.Armed;
            return;
        }

        if (hosted.Owner.Instance.Mode == StrategyMode.Shadow)
        {
            hosted.Stage = HostedStage.Shadow;
            return;
        }

        if (hosted.Opens && batch.Find(other => IsBefore(other, hosted)) is { } winner)
        {
            Refuse(hosted, new("id", "strategy_outweighed", winner.Owner.Instance.Name, winner.Owner.Instance.Priority, hosted.Instrument.Symbol));
            return;
        }

        if (!MustWait(hosted)) Send(hosted);
    }

    /// <summary>Another strategy's opening order of this step that would meet this one and goes first.</summary>
    private static bool IsBefore(HostedOrder other, HostedOrder hosted) =>
        other.Owner != hosted.Owner && other is { Opens: true, Stage: HostedStage.Sent } && other.Owner.Account == hosted.Owner.Account && other.Instrument.Symbol == hosted.Instrument.Symbol
        && other.WaitsSince is null && StrategyCrossing.WouldMeet(other, hosted);

    /// <summary>Waits for own orders in its way. What closes takes those of strategies back, and goes after a while whatever is left; what opens is refused then.</summary>
    private bool MustWait(HostedOrder hosted)
    {
        var inTheWay = StrategyCrossing.InTheWay(hosted);
        if (inTheWay.Count == 0) return false;
        var now = Now(hosted.Owner);
        hosted.WaitsSince ??= now;
        foreach (var order in inTheWay) GiveWay(order, hosted, now);
        // An order that had not left yet ends at once.
        if (StrategyCrossing.InTheWay(hosted) is not [var first, ..]) return false;
        if (now - hosted.WaitsSince > options.ExecuteWithin)
        {
            if (!hosted.Opens) return false;
            Refuse(hosted, new("id", "strategy_own_order_in_the_way", first.Id.Value, (int)options.ExecuteWithin.TotalSeconds));
            return true;
        }

        hosted.Stage = HostedStage.Waiting;
        _waiting.Add(hosted);
        return true;
    }

    private void GiveWay(Order order, HostedOrder hosted, DateTimeOffset now)
    {
        if (order.StrategyId is not { } other || register.Find(other) is not { } owner || order.Offset != Offset.Open || !OwnOrders.MayCancel(order)) return;
        if (hosted.Opens && StrategyRegister.Compare(hosted.Owner, owner) >= 0) return;
        if (owner.Orders.TryGetValue(order.OriginId, out var given)) Touch(given, given.Signal with { ErrorMessage = StrategyWords.ByPriority });
        orders.Cancel(order, now);
    }

    private void Send(HostedOrder hosted)
    {
        var (order, instrument, strategy) = (hosted.Order, hosted.Instrument, hosted.Owner);
        var volume = hosted.Opens ? order.Volume : Math.Min(order.Volume, Closable(hosted));
        if (volume <= 0m)
        {
            Refuse(hosted, new("volume", "strategy_nothing_to_close", order.Volume));
            return;
        }

        var lane = instrument.Lane;
        var isLimit = order.Type == StrategyOrderType.Limit;
        var needsLimit = !isLimit && !OrderTypes.HasMarketOrders(lane.Contract.Product);
        var price = isLimit ? lane.Contract.PriceAt(order.PriceTicks) : needsLimit && lane.HasTick ? ProtectedPrice.AsMarket(lane, order.Side, EmergencyPlanner.ProtectTicks) : (Price?)null;
        var request = new OrderRequest(
            strategy.Account.Id, instrument.Symbol, hosted.Opens ? OrderPurpose.Open : OrderPurpose.Close, order.LegSide, new(volume), isLimit || needsLimit ? OrderType.Limit : OrderType.Market, price);
        var placed = manual.Place(request, wall(), hosted.Signal.Id, by: OrderGiver.Strategy, inParts: true, strategy: strategy.Id, age: order.Offset);
        if (!placed.Succeeded)
        {
            Refuse(hosted, placed.Problems[0]);
            return;
        }

        hosted.Stage = HostedStage.Sent;
        hosted.SentVolume = SentOrders(hosted).Sum(id => orders.Find(id)!.Volume.Value);
        strategy.Counters = strategy.Counters with { Orders = strategy.Counters.Orders + 1 };
        Touch(hosted, hosted.Signal with { OrderId = placed.Value.Id });
    }

    /// <summary>What is its own of the leg, beside its closes that work.</summary>
    private static decimal Closable(HostedOrder hosted)
    {
        var side = hosted.Order.LegSide;
        var leg = hosted.Instrument.Book.Leg(side);
        var working = hosted.Instrument.Working.Where(other => other != hosted && other is { Opens: false, Stage: HostedStage.Sent } && other.Order.LegSide == side).Sum(other => other.Open);
        var held = hosted.Order.Offset switch { Offset.CloseToday => leg.Today, Offset.CloseYesterday => leg.Volume - leg.Today, _ => leg.Volume };
        return Math.Min(held, leg.Volume - working);
    }

    private void Move(HostedInstrument instrument)
    {
        var (net, byHost, strategy, book) = (instrument.Target ?? instrument.Book.Net, instrument.MovesByHost, instrument.Owner, instrument.Book);
        instrument.Target = null;
        var (longs, shorts) = net > 0m ? (net, 0m) : (0m, -net);
        if (book.Short.Volume > shorts) Ask(strategy, OrderIntent.BuyClose(instrument, book.Short.Volume - shorts), byHost: byHost);
        if (book.Long.Volume > longs) Ask(strategy, OrderIntent.SellClose(instrument, book.Long.Volume - longs), byHost: byHost);
        if (longs > book.Long.Volume) Ask(strategy, OrderIntent.BuyOpen(instrument, longs - book.Long.Volume), byHost: byHost);
        if (shorts > book.Short.Volume) Ask(strategy, OrderIntent.SellOpen(instrument, shorts - book.Short.Volume), byHost: byHost);
    }

    private void CancelAll(HostedInstrument instrument, string reason)
    {
        foreach (var hosted in instrument.Working.ToList()) Cancel(hosted, reason);
    }

    private static IEnumerable<ClientOrderId> SentOrders(HostedOrder hosted) =>
        hosted.Owner.Account.Working.Values.Where(order => order.OriginId == hosted.Signal.Id).Select(order => order.Id);

    private static int Precedence(HostedOrder left, HostedOrder right)
    {
        if (left.Opens != right.Opens) return left.Opens ? 1 : -1;
        var byStrategy = StrategyRegister.Compare(left.Owner, right.Owner);
        return byStrategy != 0 ? byStrategy : left.Order.Number.CompareTo(right.Order.Number);
    }

    private void Touch(HostedOrder hosted, StrategySignal? signal = null)
    {
        hosted.Owner.IsStirred = true;
        if (signal is not null) hosted.Signal = signal with { UpdatedAt = Now(hosted.Owner) };
        _touched.Add(hosted);
    }

    private StrategySignal Describe(HostedStrategy strategy, StrategyOrder order, bool byHost)
    {
        var (now, contract) = (Now(strategy), (order.Instrument as HostedInstrument)?.Contract);
        var last = (order.Instrument as HostedInstrument)?.Lane.LastPrice;
        return new()
        {
            Id = ids.Next(),
            InstanceId = strategy.Id,
            RunId = strategy.Run?.Id ?? Guid.Empty,
            StrategyName = strategy.Instance.Name,
            Number = order.Number,
            AccountId = strategy.Account.Id,
            Symbol = order.Instrument.Symbol,
            TriggerTime = now,
            TriggerCondition = byHost ? new StrategyEvent(StrategyEventKind.Flatten).Condition : strategy.Present.Condition,
            TriggerPrice = last,
            Action = order.Offset != Offset.Open ? SignalAction.Close : order.Side == OrderSide.Buy ? SignalAction.Buy : SignalAction.Sell,
            Side = order.Side,
            Offset = order.Offset,
            Type = order.Type,
            Price = order.PriceTicks > 0 && contract is not null ? contract.PriceAt(order.PriceTicks) : null,
            Volume = new(Math.Max(0m, order.Volume)),
            Result = SignalResult.Pending,
            UpdatedAt = now,
        };
    }

    private DateTimeOffset Now(HostedStrategy strategy) => strategy.Account.Source.Now(wall());
}

/// <summary>A trade of a strategy, at a venue or on paper.</summary>
internal readonly record struct StrategyTrade(OrderSide Side, bool Opens, Price Price, decimal Volume, decimal Fee, DateTimeOffset At);
