using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>解锁: previewed, checked as the new exposure it is, and sent one order after another.</summary>
internal sealed class UnlockDesk(ChangeLog changes, OrderDesk orders, AccountDesk accounts, LockBook locks, LockShrinker shrinker, BookKeeper keeper, PreTradeCheck limits)
{
    public Outcome<UnlockPreview> Preview(UnlockRequest request, DateTimeOffset now)
    {
        var found = Find(request, now);
        return found.Succeeded ? Outcome<UnlockPreview>.Success(PreviewOf(request, found.Value)) : Outcome<UnlockPreview>.Failure(found.Problems);
    }

    /// <summary>What an unlock rule's trigger would do now.</summary>
    public Outcome<UnlockPreview> PreviewOf(LockTrigger trigger, DateTimeOffset now)
    {
        var legs = trigger.Direction == Side.Long ? UnlockLegs.Long : UnlockLegs.Short;
        return Preview(new UnlockRequest(trigger.AccountId, trigger.Symbol, trigger.LockId, legs, trigger.LockVolume.Minus(trigger.FilledVolume), OrderType.Market), now);
    }

    public Outcome<Unlocked> Place(UnlockRequest request, DateTimeOffset now)
    {
        var found = Find(request, now);
        if (!found.Succeeded) return Outcome<Unlocked>.Failure(found.Problems);
        var (account, lane, takes) = found.Value;
        var preview = PreviewOf(request, found.Value);
        if (preview.AddsExposure && account.Account.Halt is { } halt) return Outcome<Unlocked>.Failure("account_id", "trading_halted", halt.At);
        if (preview is { AddsExposure: true, IsCovered: false }) return Outcome<Unlocked>.Failure("volume", "not_enough_funds", preview.After!.Available);
        var clock = account.Source.Now(now);
        if (preview.AddsExposure && OverLimit(request, account, lane, takes, clock) is { Count: > 0 } over) return Outcome<Unlocked>.Failure(over);
        var sent = new List<Order>();
        foreach (var (held, volume) in takes)
        {
            var command = new UnlockCommand([.. request.Sides.Select(side => new UnlockStep(side, volume))], request.Type, request.LongPrice, request.ShortPrice);
            changes.Tell(clock, TapeSeverity.Info, "lock.unlocking", new(account.Id, held.Symbol, held.Id), LegsName(request.Legs), volume.ToString());
            if (SendNext(account, lane, held with { Unlocking = command }, clock) is { } order) sent.Add(order);
        }
        return Outcome<Unlocked>.Success(new([.. takes.Select(take => locks.Find(take.Lock.Id)!)], sent));
    }

    /// <summary>One leg alone: the other one stays open.</summary>
    private IReadOnlyList<Problem> OverLimit(UnlockRequest request, AccountBook account, SymbolLane lane, IEnumerable<(PositionLock Lock, Volume Volume)> takes, DateTimeOffset now)
    {
        if (request.Sides is not [var side]) return [];
        var price = request.Type == OrderType.Limit ? request.PriceOf(side) : null;
        var planned = new PlannedTrade(account, lane, side.ClosingOrder(), Opens: false, new(takes.Sum(take => take.Volume.Value)), price);
        var over = limits.Refusals(planned, LimitChecks.Risk | LimitChecks.Rate, now);
        if (over.Count > 0) LimitWords.Tell(changes, planned, over[0], now);
        return over;
    }

    /// <summary>Opens again what the weaker side of a broken lock lost.</summary>
    public Outcome<Unlocked> Relock(Guid lockId, OrderType type, Price? price, DateTimeOffset now)
    {
        var found = FindBroken(lockId, type, price, now);
        if (!found.Succeeded) return Outcome<Unlocked>.Failure(found.Problems);
        var (account, lane, held) = found.Value;
        var parts = OrderSizes.Split(held.UncoveredVolume, Largest(lane, type));
        locks.Save(held with { Children = held.Children + parts.Count, UpdatedAt = account.Source.Now(now) });
        var sent = parts.Select((volume, i) => orders.Intend(RelockDraft(account, lane, held, type, price, volume, held.Children + 1 + i), account.Source.Now(now))).ToList();
        return Outcome<Unlocked>.Success(new([locks.Find(lockId)!], sent));
    }

    private static OrderDraft RelockDraft(AccountBook account, SymbolLane lane, PositionLock held, OrderType type, Price? price, Volume volume, int child) => new()
    {
        Account = account,
        Lane = lane,
        Purpose = OrderPurpose.Lock,
        Side = held.UncoveredSide!.Value.ClosingOrder(),
        Offset = Offset.Open,
        Type = type,
        LimitPrice = price,
        Volume = volume,
        OriginId = held.Id,
        Child = child,
    };

    private Volume? Largest(SymbolLane lane, OrderType type) => OrderSizes.Largest(keeper.TermsOf(lane), type, lane.Contract.VolumeStep);

    /// <summary>Closes what the stronger side of a broken lock has more than the other.</summary>
    public Outcome<Unlocked> CloseUncovered(Guid lockId, OrderType type, Price? price, DateTimeOffset now)
    {
        var found = FindBroken(lockId, type, price, now);
        if (!found.Succeeded) return Outcome<Unlocked>.Failure(found.Problems);
        var (account, lane, held) = found.Value;
        var command = new UnlockCommand([new(held.UncoveredSide!.Value, held.UncoveredVolume)], type, price, price);
        var order = SendNext(account, lane, held with { Unlocking = command }, account.Source.Now(now));
        return Outcome<Unlocked>.Success(new([locks.Find(lockId)!], order is null ? [] : [order]));
    }

    private Outcome<(AccountBook Account, SymbolLane Lane, PositionLock Lock)> FindBroken(Guid lockId, OrderType type, Price? price, DateTimeOffset now)
    {
        if (locks.Find(lockId) is not { } held || accounts.Find(held.AccountId) is not { } account || accounts.Hold(account, held.Symbol, now) is not { } lane)
            return Outcome<(AccountBook Account, SymbolLane Lane, PositionLock Lock)>.Failure("lock_id", "unknown_lock", lockId);
        if (account.WhyClosed is { } closed) return Outcome<(AccountBook Account, SymbolLane Lane, PositionLock Lock)>.Failure([closed]);
        if (held.Status != LockStatus.Broken) return Outcome<(AccountBook Account, SymbolLane Lane, PositionLock Lock)>.Failure("lock_id", "lock_not_broken", lockId);
        if (IsBusy(account, held)) return Outcome<(AccountBook Account, SymbolLane Lane, PositionLock Lock)>.Failure("lock_id", "lock_busy");
        if (type == OrderType.Limit && PriceProblem("price", price, lane.Contract) is { } wrong) return Outcome<(AccountBook Account, SymbolLane Lane, PositionLock Lock)>.Failure([wrong]);
        return Outcome<(AccountBook Account, SymbolLane Lane, PositionLock Lock)>.Success((account, lane, held));
    }

    private static Problem? PriceProblem(string field, Price? price, Instruments.Contract contract)
    {
        if (price is not { } at) return new(field, "required");
        return at.Value > 0 && contract.TryTicks(at, out _) ? null : new(field, "off_tick", at.Value, contract.PriceTick, contract.PriceAt(Math.Max(1, contract.TicksAtOrBelow(at))).Value);
    }

    /// <summary>An order of an unlock ended: the next one goes out, each leg only as far as the one before it came.</summary>
    public void OnClosed(Order order, DateTimeOffset now)
    {
        if (order.Purpose != OrderPurpose.Unlock || locks.Find(order.OriginId) is not { } held || accounts.Find(order.AccountId) is not { } account) return;
        if (accounts.Hold(account, order.Symbol, now) is not { } lane) return;
        if (order.TriggerId is not null) EndOfFiring(account, lane, held, now);
        else if (held.Unlocking is not { } command) shrinker.EndUnlock(account, lane, held, now);
        else if (order.Remaining.IsZero) Continue(account, lane, held, now);
        else if (order.Reason == OrderTransitions.ExpiredUnsent && held.UncoveredSide == order.LegSide) PutBack(held, command, order, now);
        else Stop(account, lane, held, command, order, now);
    }

    /// <summary>An unlock rule's order ended; the rule goes on by itself. What others still unlock of the lock is theirs to settle.</summary>
    private void EndOfFiring(AccountBook account, SymbolLane lane, PositionLock held, DateTimeOffset now)
    {
        if (held.Unlocking is not { Steps.Count: > 0 } && !account.Working.Values.Any(order => order.OriginId == held.Id)) shrinker.EndUnlock(account, lane, held, now);
    }

    /// <summary>An order proven absent is not sent again: once the other leg is closed, the next child goes out when something can be sent.</summary>
    private void PutBack(PositionLock held, UnlockCommand command, Order order, DateTimeOffset now) =>
        locks.Save(held with { Unlocking = command with { Steps = [new(order.LegSide, order.Remaining), .. command.Steps] }, UpdatedAt = now });

    /// <summary>Unlocks whose next order could not be sent when its turn came.</summary>
    public void OnTimer(DateTimeOffset now)
    {
        foreach (var held in locks.Held.Where(held => held.Unlocking is { Steps.Count: > 0 }).ToList())
        {
            if (accounts.Find(held.AccountId) is not { Venue.IsLinkUp: true, Account.IsClosed: false } account || account.Working.Values.Any(order => order.OriginId == held.Id)) continue;
            if (accounts.Hold(account, held.Symbol, now) is { IsTradable: true } lane) Continue(account, lane, held, account.Source.Now(now));
        }
    }

    private void Continue(AccountBook account, SymbolLane lane, PositionLock held, DateTimeOffset now)
    {
        if (SendNext(account, lane, held, now) is null) shrinker.EndUnlock(account, lane, locks.Find(held.Id)!, now);
    }

    /// <summary>A leg that could not be closed as far as was meant: the other one is closed only as far, so that the pair stays a pair.</summary>
    private void Stop(AccountBook account, SymbolLane lane, PositionLock held, UnlockCommand command, Order order, DateTimeOffset now)
    {
        var missing = order.Remaining + new Volume(command.Steps.Where(step => step.Leg == order.LegSide).Sum(step => step.Volume.Value));
        var others = command.Steps.Where(step => step.Leg != order.LegSide).Select(step => step with { Volume = step.Volume.Minus(missing) }).Where(step => !step.Volume.IsZero);
        changes.Tell(now, TapeSeverity.Danger, "unlock.partial", new(account.Id, held.Symbol, held.Id), LockWords.Name(order.LegSide), missing.ToString(), order.Reason ?? "");
        Continue(account, lane, held with { Unlocking = command with { Steps = [.. others] } }, now);
    }

    /// <summary>Sends the first order of what is left; null when nothing is.</summary>
    private Order? SendNext(AccountBook account, SymbolLane lane, PositionLock held, DateTimeOffset now)
    {
        if (held.Unlocking is not { Steps.Count: > 0 } command)
        {
            locks.Save(held with { Unlocking = null });
            return null;
        }
        var (step, later) = (command.Steps[0], command.Steps.Skip(1).ToList());
        var plan = UnlockPlanner.Plan(held, step.Leg, step.Volume, account.Ledger.Leg(held.Symbol, step.Leg), keeper.TermsOf(lane), account.Ledger.TradingDay);
        if (plan is not [var planned, ..]) return SendNext(account, lane, held with { Unlocking = command with { Steps = later } }, now);
        // One order after another here too: a leg is never further ahead of the other than by what was asked for.
        var part = planned with { Volume = OrderSizes.Split(planned.Volume, Largest(lane, command.Type))[0] };
        var left = step.Volume - part.Volume;
        IReadOnlyList<UnlockStep> steps = left.IsZero ? later : [step with { Volume = left }, .. later];
        var child = held.Children + 1;
        locks.Save(held with { Unlocking = command with { Steps = steps }, Children = child, UpdatedAt = now });
        return orders.Intend(DraftOf(account, lane, held.Id, part, command, child), now);
    }

    private static OrderDraft DraftOf(AccountBook account, SymbolLane lane, Guid lockId, UnlockPart part, UnlockCommand command, int child) => new()
    {
        Account = account,
        Lane = lane,
        Purpose = OrderPurpose.Unlock,
        Side = part.Leg.ClosingOrder(),
        Offset = part.Offset,
        Type = command.Type,
        LimitPrice = command.PriceOf(part.Leg),
        Volume = part.Volume,
        OriginId = lockId,
        Child = child,
    };

    private UnlockPreview PreviewOf(UnlockRequest request, (AccountBook Account, SymbolLane Lane, IReadOnlyList<(PositionLock Lock, Volume Volume)> Takes) found) =>
        UnlockPreviewBuilder.Build(request, found.Takes, found.Account.Ledger, found.Lane.Contract, keeper.TermsOf(found.Lane), found.Lane.Last) with { LaterFrom = accounts.TradesAgain(found.Account, found.Lane) };

    private Outcome<(AccountBook Account, SymbolLane Lane, IReadOnlyList<(PositionLock Lock, Volume Volume)> Takes)> Find(UnlockRequest request, DateTimeOffset now)
    {
        if (accounts.Find(request.AccountId) is not { } account) return Refuse("account_id", "unknown_account", request.AccountId);
        if (account.WhyClosed is { } closed) return Outcome<(AccountBook Account, SymbolLane Lane, IReadOnlyList<(PositionLock Lock, Volume Volume)> Takes)>.Failure([closed]);
        if (accounts.Hold(account, request.Symbol, now) is not { } lane) return Refuse("symbol", "unknown_symbol", request.Symbol);
        var step = lane.Contract.VolumeStep;
        if (request.Volume is { } asked && (asked.IsZero || asked.Value % step != 0)) return Refuse("volume", "not_a_volume", asked, step);
        foreach (var side in request.Type == OrderType.Limit ? request.Sides : [])
        {
            if (PriceProblem(side == Side.Long ? "long_price" : "short_price", request.PriceOf(side), lane.Contract) is { } wrong)
                return Outcome<(AccountBook, SymbolLane, IReadOnlyList<(PositionLock, Volume)>)>.Failure([wrong]);
        }
        var takes = Takes(request, account);
        return takes.Succeeded
            ? Outcome<(AccountBook, SymbolLane, IReadOnlyList<(PositionLock, Volume)>)>.Success((account, lane, takes.Value))
            : Outcome<(AccountBook, SymbolLane, IReadOnlyList<(PositionLock, Volume)>)>.Failure(takes.Problems);
    }

    /// <summary>Which locks let go how much: the one that was named, or those of the contract, oldest first.</summary>
    private Outcome<IReadOnlyList<(PositionLock Lock, Volume Volume)>> Takes(UnlockRequest request, AccountBook account)
    {
        var all = locks.Of(account.Id, request.Symbol);
        if (request.LockId is { } id)
        {
            if (all.FirstOrDefault(held => held.Id == id) is not { } named) return None("lock_id", "unknown_lock", id);
            if (named.Status == LockStatus.Broken) return None("lock_id", "lock_broken", named.UncoveredVolume);
            if (IsBusy(account, named)) return None("lock_id", "lock_busy");
            all = [named];
        }
        var ready = all.Where(held => held.Status == LockStatus.Active && !IsBusy(account, held)).ToList();
        var locked = new Volume(ready.Sum(held => held.Covered.Value));
        var missing = request.Volume ?? locked;
        if (missing.IsZero || missing > locked) return None("volume", "not_enough_locked", locked, missing);
        var takes = new List<(PositionLock, Volume)>();
        foreach (var held in ready)
        {
            var taken = Volume.Min(held.Covered, missing);
            missing -= taken;
            if (!taken.IsZero) takes.Add((held, taken));
        }
        return Outcome<IReadOnlyList<(PositionLock, Volume)>>.Success(takes);
    }

    internal static bool IsBusy(AccountBook account, PositionLock held) => held.Unlocking is not null || account.Working.Values.Any(order => order.OriginId == held.Id);

    private static Outcome<IReadOnlyList<(PositionLock Lock, Volume Volume)>> None(string field, string code, params IReadOnlyList<object?> values) =>
        Outcome<IReadOnlyList<(PositionLock Lock, Volume Volume)>>.Failure(field, code, values);

    private static Outcome<(AccountBook Account, SymbolLane Lane, IReadOnlyList<(PositionLock Lock, Volume Volume)> Takes)> Refuse(
        string field, string code, params IReadOnlyList<object?> values) =>
        Outcome<(AccountBook Account, SymbolLane Lane, IReadOnlyList<(PositionLock Lock, Volume Volume)> Takes)>.Failure(field, code, values);

    private static string LegsName(UnlockLegs legs) => legs switch { UnlockLegs.Long => "long", UnlockLegs.Short => "short", UnlockLegs.Both => "both" };
}

/// <summary>An unlock under way.</summary>
/// <param name="Locks">As they stand now.</param>
/// <param name="Orders">The first order of each; the next one goes out when it has ended.</param>
public sealed record Unlocked(IReadOnlyList<PositionLock> Locks, IReadOnlyList<Order> Orders);
