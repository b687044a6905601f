using Microsoft.Extensions.Logging.Abstractions;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Bars;
using QuantDash.Web.Adapters.Storage.Ticks;
using QuantDash.Web.Features.Locks.Backtests;
using QuantDash.Web.Jobs;

namespace QuantDash.Tests.Support;

/// <summary>The real desk of lock backtests over a morning of ticks of the demo's PTA, 2025-01-06 from 09:30 on, a second apart.</summary>
internal sealed class LockBacktestRig : IDisposable
{
    public static readonly DateTimeOffset Open = new(2025, 1, 6, 1, 30, 0, TimeSpan.Zero);
    private static readonly TradingCalendar Calendar = TradingCalendar.FromReferenceData();
    private static readonly ContractCatalog Catalog = ContractCatalog.FromReferenceData(Calendar);

    private readonly TempFolder _folder = new();
    public LockBacktestRig(params IReadOnlyList<decimal> prices)
    {
        Archive = new(_folder.Path);
        Store(Archive, SampleSnapshot.Source, prices);
        Bars = new(Path.Combine(_folder.Path, "bars"));
        Desk = new(new(Archive, Bars, Catalog, Calendar), Catalog, Calendar, new(), Lanes, TimeProvider.System, NullLogger<LockBacktestDesk>.Instance);
        Judge = new(new SampleHistory(SampleSnapshot.Now), Archive, Catalog, Calendar);
    }

    public ComputeLanes Lanes { get; } = new(2);
    public TickArchive Archive { get; }
    public BarArchive Bars { get; }
    public LockBacktestDesk Desk { get; }
    public FiringJudge Judge { get; }

    /// <param name="from">The first one's second of the morning.</param>
    public static void Store(ITickArchive archive, SourceName source, IReadOnlyList<decimal> prices, int from = 0)
    {
        var contract = Catalog.Find(SampleSnapshot.Pta.Symbol, new DateOnly(2025, 1, 6))!;
        Tick[] ticks = [.. prices.Select((price, i) => Tick(Open.AddSeconds(from + i), (long)(price / contract.PriceTick)))];
        archive.Append(source, contract, new DateOnly(2025, 1, 6), ticks);
    }

    public void Dispose()
    {
        Desk.Dispose();
        Lanes.Dispose();
        Archive.Dispose();
        _folder.Dispose();
    }

    private static Tick Tick(DateTimeOffset at, long last) => new()
    {
        OccurredAt = at, ReceivedAt = at, LastTicks = last, BidTicks = last - 1, BidVolume = 500, AskTicks = last + 1, AskVolume = 500,
    };
}
