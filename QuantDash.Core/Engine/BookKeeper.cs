using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;

namespace QuantDash.Core.Engine;

/// <summary>Books fills and lot changes into ledgers and writes down what changed.</summary>
internal sealed class BookKeeper(ChangeLog changes, ContractCatalog catalog, LateBooking late)
{
    /// <summary>Terms of the lane's contract on its current trading day.</summary>
    public ContractTerms TermsOf(SymbolLane lane) =>
        catalog.TermsOn(lane.Contract, lane.Window?.TradingDay ?? DateOnly.MaxValue);

    /// <summary>A fill is a fact: one that takes lots of a lock is booked too, and the lock is broken by that much.</summary>
    /// <param name="first">Bound lots that an unlock takes before any other.</param>
    /// <param name="unlocking">The lock it unlocks; null: it belongs to no unlock.</param>
    public FillBooked Book(AccountBook account, SymbolLane lane, Fill fill, DateTimeOffset now, IReadOnlyList<LotBinding>? first = null, Guid? unlocking = null)
    {
        var booked = account.Venue is IBridgeLink
            ? late.Book(account, lane.Contract, TermsOf(lane), fill, first, unlocking)
            : account.Ledger.Book(fill, lane.Contract, TermsOf(lane), includeLocked: true, first);
        changes.Add(new JournalChange.FillAdded(fill, booked.Accounting));
        SaveLots(account, booked.ChangedLots, booked.RemovedLots);
        changes.Add(new JournalChange.LedgerSaved(account.Ledger.Balances));
        account.LastFillAt[fill.Symbol] = now;
        account.Unsaved.Add(fill.Symbol);
        return booked;
    }

    public void SaveLots(AccountBook account, IEnumerable<Lot> changed, IEnumerable<Guid> removed)
    {
        foreach (var lot in changed)
        {
            changes.Add(new JournalChange.LotSaved(lot));
            account.Unsaved.Add(lot.Symbol);
        }
        foreach (var lotId in removed) changes.Add(new JournalChange.LotRemoved(lotId));
    }
}
