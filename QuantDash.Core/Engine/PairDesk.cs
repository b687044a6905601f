using QuantDash.Core.Locking;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Pairs that no lock owns: a long and a short leg that came from elsewhere. They count as locked until the trader answers: adopted they become a lock,
/// declined they are two legs on their own (DESIGN.md 6.1).</summary>
internal sealed class PairDesk(ChangeLog changes, AccountDesk accounts, BookKeeper keeper, LockBook locks, RuleBook rules)
{
    private readonly Dictionary<(AccountId, Symbol), Volume> _offered = [];

    /// <summary>Volume of the pair that waits for an answer.</summary>
    public static Volume Offered(AccountBook account, Symbol symbol) => Pair(account, symbol).Minus(account.Independent.GetValueOrDefault(symbol));

    /// <summary>P&amp;L between both sides of the pair, on the lots that adopting it would bind; null when an open price is unknown.</summary>
    public static decimal? FrozenOf(AccountBook account, SymbolLane lane, Volume volume)
    {
        return (Cost(Side.Short) - Cost(Side.Long)) * lane.Contract.Multiplier;

        decimal? Cost(Side side)
        {
            var (cost, missing) = ((decimal?)0m, volume);
            foreach (var lot in account.Ledger.Leg(lane.Symbol, side).Lots)
            {
                var taken = Volume.Min(lot.FreeVolume, missing);
                missing -= taken;
                if (!taken.IsZero) cost += lot.OpenPrice?.Value * taken.Value;
            }
            return cost;
        }
    }

    /// <summary>What was answered before a restart.</summary>
    public void Restore(PositionLock declined)
    {
        if (declined.Status == LockStatus.Declined && accounts.Find(declined.AccountId) is { } account) account.Independent[declined.Symbol] = declined.Volume;
    }

    /// <summary>Says that a pair was found, once for as long as it does not grow; a declined one that became smaller is declined no further.</summary>
    public void Notice(AccountBook account, Symbol symbol, DateTimeOffset now)
    {
        if (locks.Declined(account.Id, symbol) is { } declined && declined.Volume > Pair(account, symbol)) Decline(account, declined, Pair(account, symbol), now);
        var (key, offered) = ((account.Id, symbol), Offered(account, symbol));
        var before = _offered.GetValueOrDefault(key);
        _offered[key] = offered;
        if (offered > before) changes.Tell(now, TapeSeverity.Warning, "pair.found", new(account.Id, symbol), offered.ToString());
    }

    public Outcome<PositionLock> Adopt(AccountId id, Symbol symbol, Volume? volume, DateTimeOffset now)
    {
        var found = Find(id, symbol, volume, now);
        if (!found.Succeeded) return Outcome<PositionLock>.Failure(found.Problems);
        var (account, lane, adopted) = found.Value;
        var clock = account.Source.Now(now);
        var held = Bind(account, lane, adopted, clock);
        locks.Save(held);
        account.Unsaved.Add(symbol);
        changes.Tell(clock, TapeSeverity.Success, "pair.adopted", new(account.Id, symbol, held.Id), adopted.ToString(), LockWords.Money(held.FrozenProfit));
        Notice(account, symbol, clock);
        rules.RefreshLegs(account.Id, symbol, clock);
        return Outcome<PositionLock>.Success(held);
    }

    public Outcome<PositionLock> Decline(AccountId id, Symbol symbol, DateTimeOffset now)
    {
        var found = Find(id, symbol, null, now);
        if (!found.Succeeded) return Outcome<PositionLock>.Failure(found.Problems);
        var (account, _, _) = found.Value;
        var clock = account.Source.Now(now);
        var declined = locks.Declined(account.Id, symbol) ?? Empty(account, symbol, LockStatus.Declined, clock);
        var saved = Decline(account, declined, Pair(account, symbol), clock);
        changes.Tell(clock, TapeSeverity.Info, "pair.declined", new(account.Id, symbol, saved.Id), saved.Volume.ToString());
        Notice(account, symbol, clock);
        rules.RefreshLegs(account.Id, symbol, clock);
        return Outcome<PositionLock>.Success(saved);
    }

    private PositionLock Decline(AccountBook account, PositionLock declined, Volume volume, DateTimeOffset now)
    {
        var saved = declined with { Volume = volume, Status = volume.IsZero ? LockStatus.Unlocked : LockStatus.Declined, UpdatedAt = now };
        locks.Save(saved);
        account.Independent[declined.Symbol] = volume;
        account.Unsaved.Add(declined.Symbol);
        return saved;
    }

    private PositionLock Bind(AccountBook account, SymbolLane lane, Volume volume, DateTimeOffset now)
    {
        var longs = account.Ledger.BindLots(lane.Symbol, Side.Long, volume);
        var shorts = account.Ledger.BindLots(lane.Symbol, Side.Short, volume);
        keeper.SaveLots(account, longs.ChangedLots, []);
        keeper.SaveLots(account, shorts.ChangedLots, []);
        // The older leg is the one that the other was opened against.
        var side = account.Ledger.Leg(lane.Symbol, Side.Short).OpenedAt < account.Ledger.Leg(lane.Symbol, Side.Long).OpenedAt ? Side.Short : Side.Long;
        var held = Empty(account, lane.Symbol, LockStatus.Active, now) with { LockedSide = side, Volume = volume, IsAdopted = true, Bindings = [.. longs.Bindings, .. shorts.Bindings] };
        return held with
        {
            ProtectedPrice = PriceOf(side),
            LockPrice = PriceOf(side.Opposite()),
            FrozenProfit = LockBook.FrozenOf(held, account, lane.Contract.Multiplier),
        };

        Price? PriceOf(Side leg) => account.Ledger.CostOf(held.Bindings.Where(binding => binding.Side == leg)) is { } cost ? new Price(cost / volume.Value) : null;
    }

    private PositionLock Empty(AccountBook account, Symbol symbol, LockStatus status, DateTimeOffset now) => new()
    {
        Id = LotIds.From($"{account.Id}|{symbol}|{status}|{now.UtcTicks}|{changes.NextSequence}"),
        AccountId = account.Id,
        Symbol = symbol,
        LockedSide = Side.Long,
        Status = status,
        Volume = Volume.Zero,
        Ratio = Ratio.One,
        Fees = 0m,
        Bindings = [],
        CreatedAt = now,
        UpdatedAt = now,
    };

    private static Volume Pair(AccountBook account, Symbol symbol) =>
        Volume.Min(account.Ledger.Leg(symbol, Side.Long).FreeVolume, account.Ledger.Leg(symbol, Side.Short).FreeVolume);

    private Outcome<(AccountBook Account, SymbolLane Lane, Volume Volume)> Find(AccountId id, Symbol symbol, Volume? volume, DateTimeOffset now)
    {
        if (accounts.Find(id) is not { } account) return Outcome<(AccountBook Account, SymbolLane Lane, Volume Volume)>.Failure("account_id", "unknown_account", id);
        if (account.WhyClosed is { } closed) return Outcome<(AccountBook Account, SymbolLane Lane, Volume Volume)>.Failure([closed]);
        if (accounts.Hold(account, symbol, now) is not { } lane) return Outcome<(AccountBook Account, SymbolLane Lane, Volume Volume)>.Failure("symbol", "unknown_symbol", symbol);
        var pair = Pair(account, symbol);
        if (pair.IsZero) return Outcome<(AccountBook Account, SymbolLane Lane, Volume Volume)>.Failure("symbol", "no_pair", symbol);
        var wanted = volume ?? pair;
        if (wanted.IsZero || wanted.Value % lane.Contract.VolumeStep != 0)
            return Outcome<(AccountBook Account, SymbolLane Lane, Volume Volume)>.Failure("volume", "not_a_volume", wanted, lane.Contract.VolumeStep);
        return wanted > pair
            ? Outcome<(AccountBook Account, SymbolLane Lane, Volume Volume)>.Failure("volume", "not_enough_locked", pair, wanted)
            : Outcome<(AccountBook Account, SymbolLane Lane, Volume Volume)>.Success((account, lane, wanted));
    }
}
