using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Works out what an emergency stop has to do: which orders are cancelled, and what happens to every leg.</summary>
internal sealed class EmergencyPlanner(TriggerBook triggers, LockBook locks, BookKeeper keeper, HeldDesk heldOrders)
{
    /// <summary>How far beyond the opposing price its orders go.</summary>
    public const int ProtectTicks = 10;

    public EmergencyAccountPlan Of(AccountBook account, EmergencyThen then)
    {
        var steps = account.Ledger.Symbols.OrderBy(symbol => symbol.ToString(), StringComparer.Ordinal).SelectMany(symbol => StepsOf(account, symbol, then)).Where(step => !step.Volume.IsZero).ToList();
        return new()
        {
            Account = account.Account,
            Replay = account.Source.IsReplay,
            Cancels = [.. account.Working.Values.Where(order => IsCancelled(order, steps)).OrderBy(order => order.Id.Value, StringComparer.Ordinal)],
            Withdraws = [.. heldOrders.WaitingOf(account.Id).Where(held => EndsWith(held.Order.Purpose, held.Order.Symbol, steps))],
            Steps = steps,
            MarginBefore = account.Ledger.Funds().Margin,
            MarginAfter = steps.Where(step => step.Blocked is null).Aggregate((decimal?)account.Ledger.Funds().Margin, (margin, step) => margin + MarginOf(account, step)),
            FloatingPnl = account.Ledger.Funds().FloatingPnl,
        };
    }

    /// <summary>What of a leg nothing opposes and no firing is locking: a lock of it makes both sides even.</summary>
    public Volume Unlocked(AccountBook account, Symbol symbol, Side leg) =>
        account.Ledger.Leg(symbol, leg).Volume.Minus(account.Ledger.Leg(symbol, leg.Opposite()).Volume + triggers.BeingLocked(account.Id, symbol, leg));

    public static string? BlockOf(AccountBook account, SymbolLane? lane) => lane switch
    {
        _ when !account.Venue.IsLinkUp => "link_down",
        not { HasTick: true } => "no_quote",
        { IsTradable: false } => "session_closed",
        _ => null,
    };

    /// <summary>The opposing price and some ticks more, inside the price limits; the last price where that side is empty.</summary>
    public static Price LimitOf(SymbolLane lane, OrderSide side) => ProtectedPrice.Beyond(lane, side, ProtectTicks);

    /// <summary>Whatever opens, and by whatever is to be done with a contract also its other orders; those of firings end by themselves.</summary>
    private static bool IsCancelled(Order order, IReadOnlyList<EmergencyStep> steps) =>
        OwnOrders.MayCancel(order) && EndsWith(order.Purpose, order.Symbol, steps);

    private static bool EndsWith(OrderPurpose purpose, Symbol symbol, IReadOnlyList<EmergencyStep> steps) =>
        purpose == OrderPurpose.Open || steps.Any(step => step.Symbol == symbol && step.Blocked is null);

    private IEnumerable<EmergencyStep> StepsOf(AccountBook account, Symbol symbol, EmergencyThen then) => then switch
    {
        EmergencyThen.None => [],
        EmergencyThen.LockAll => Enum.GetValues<Side>().Select(leg => Step(account, symbol, EmergencyStepKind.Lock, leg, null, Unlocked(account, symbol, leg))),
        EmergencyThen.Flatten =>
        [
            .. locks.Of(account.Id, symbol).SelectMany(held => UnlocksOf(account, held)),
            .. Enum.GetValues<Side>().Select(leg => Step(account, symbol, EmergencyStepKind.Close, leg, null, account.Ledger.Leg(symbol, leg).FreeVolume)),
        ],
    };

    private static IEnumerable<EmergencyStep> UnlocksOf(AccountBook account, PositionLock held)
    {
        if (held.UncoveredSide is { } leg) yield return Step(account, held.Symbol, EmergencyStepKind.CloseUncovered, leg, held.Id, held.UncoveredVolume);
        yield return Step(account, held.Symbol, EmergencyStepKind.Unlock, null, held.Id, held.Covered);
    }

    private static EmergencyStep Step(AccountBook account, Symbol symbol, EmergencyStepKind kind, Side? leg, Guid? lockId, Volume volume) =>
        new(account.Id, symbol, kind, leg, lockId, volume, BlockOf(account, account.Source.Find(symbol)));

    /// <summary>By how much a step changes the margin; null when unknown. Closing gives a contract's own back, with the last of its steps.</summary>
    private decimal? MarginOf(AccountBook account, EmergencyStep step)
    {
        if (account.Source.Find(step.Symbol) is not { } lane) return null;
        if (step.Kind == EmergencyStepKind.Lock)
        {
            var request = new OrderRequest(account.Id, step.Symbol, OrderPurpose.Lock, step.Leg!.Value, step.Volume, OrderType.Limit, LimitOf(lane, step.Leg.Value.ClosingOrder()));
            var preview = OrderPreviewBuilder.Build(request, account.Ledger, lane.Contract, keeper.TermsOf(lane), lane.Last);
            return preview.After?.Margin - preview.Before.Margin;
        }

        var held = account.Ledger.Leg(step.Symbol, Side.Long).Volume + account.Ledger.Leg(step.Symbol, Side.Short).Volume;
        var closed = step.Leg is null ? step.Volume.Value * 2 : step.Volume.Value;
        return -Positions.MarginCalculator.Charged([account.Ledger.MarginOf(step.Symbol)]) * closed / held.Value;
    }
}
