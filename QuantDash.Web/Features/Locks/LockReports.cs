using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>锁仓成绩单: reads what the database holds about locks, contract by contract. The engine gives the price now and what is still held, nothing else.</summary>
public sealed class LockReports(ILockHistory locks, IOrderHistory orders, IFundsHistory funds, ContractCatalog catalog, TimeProvider clock)
{
    // A trading day begins on the evening of the one before it, at most a long weekend earlier.
    private static readonly TimeSpan DayBegins = TimeSpan.FromDays(4);

    // No market is closed for longer.
    private static readonly TimeSpan SettlementBefore = TimeSpan.FromDays(30);

    /// <summary>One line a lock that was made in the span, newest first. What a lock let go may end in a trade of any later time.</summary>
    public async Task<IReadOnlyList<LockReportItem>> ReadAsync(LockFilter filter, EngineSnapshot snapshot, CancellationToken stop = default)
    {
        var all = await AllAsync(page => locks.LocksAsync(new() { AccountId = filter.AccountId, Symbol = filter.Symbol }, page, stop));
        List<LockReportItem> items = [];
        foreach (var group in all.Where(held => held.Status != LockStatus.Declined).GroupBy(held => (held.AccountId, held.Symbol)))
        {
            if (!group.Any(IsWanted)) continue;
            if (await FactsAsync([.. group], snapshot, stop) is { } facts) items.AddRange(LockReportBuilder.Build(facts).Where(item => IsWanted(item.Lock)));
        }
        return [.. items.OrderByDescending(item => item.Lock.CreatedAt).ThenByDescending(item => item.Lock.Id)];

        bool IsWanted(PositionLock held) => !(held.CreatedAt < filter.Since) && !(held.CreatedAt >= filter.Before);
    }

    private async Task<LockReportFacts?> FactsAsync(IReadOnlyList<PositionLock> group, EngineSnapshot snapshot, CancellationToken stop)
    {
        var (id, symbol, first) = (group[0].AccountId, group[0].Symbol, group.Min(held => held.CreatedAt));
        if ((snapshot.ContractOf(symbol) ?? catalog.Find(symbol, DateOnly.FromDateTime(first.ToOffset(ScreenTime.ExchangeOffset).DateTime))) is not { } contract) return null;
        var account = snapshot.Accounts.FirstOrDefault(view => view.Account.Id == id);
        var position = account?.Positions.FirstOrDefault(view => view.Contract.Symbol == symbol);
        var quote = snapshot.Quotes.FirstOrDefault(view => view.Source == account?.Account.Source && view.Contract.Symbol == symbol);
        var settled = new SettledLegs(await AllAsync(page => funds.SettlementsAsync(new() { AccountId = id, Since = first - SettlementBefore }, page, stop)));
        return new()
        {
            Contract = contract,
            TermsOn = day => catalog.TermsOn(contract, day),
            Locks = group,
            Trades = await TradesAsync(id, symbol, first - DayBegins, stop),
            HeldBefore = settled.Before(symbol),
            HeldAtEnd = (day, side) => day == account?.Funds.TradingDay ? AgesOf(side == Side.Long ? position?.Long : position?.Short) : settled.At(symbol, day, side),
            Mark = position?.Mark ?? (quote is { Tick.LastTicks: > 0 } ? quote.Last : null),
            TradingDay = account?.Funds.TradingDay,
            LongHeld = position?.Long.Volume ?? Volume.Zero,
            ShortHeld = position?.Short.Volume ?? Volume.Zero,
            Now = snapshot.Sources.FirstOrDefault(source => source.Source.Name == account?.Account.Source)?.Clock is { } ticks && account is { Replay: true } ? ticks : clock.GetUtcNow(),
        };
    }

    private async Task<IReadOnlyList<LockReportTrade>> TradesAsync(AccountId account, Symbol symbol, DateTimeOffset since, CancellationToken stop)
    {
        var filter = new OrderFilter { AccountId = account, Symbol = symbol, Since = since };
        var made = await AllAsync(page => orders.OrdersAsync(filter with { Purpose = OrderPurpose.Lock }, page, stop));
        var ended = await AllAsync(page => orders.OrdersAsync(filter with { Purpose = OrderPurpose.Unlock }, page, stop));
        var known = made.Concat(ended).DistinctBy(order => order.Id).ToDictionary(order => order.Id);
        var trades = await AllAsync(page => orders.TradesAsync(filter, page, stop));
        return
        [
            .. trades.Select(trade => trade.Fill.OrderId is { } id && known.TryGetValue(id, out var order) ? new LockReportTrade(trade, order.Purpose, order.OriginId) : new(trade)),
        ];
    }

    private static LegAges AgesOf(LegView? leg) => leg is null ? default : new(leg.Volume.Minus(leg.TodayVolume), leg.TodayVolume);

    private static async Task<List<T>> AllAsync<T>(Func<PageRequest, Task<Page<T>>> read)
    {
        var all = new List<T>();
        string? cursor = null;
        do
        {
            var page = await read(new(cursor, PageRequest.LongestPage));
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }
}
