using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Ticks;
using QuantDash.Web.Features.Locks;

namespace QuantDash.Tests.Web.Features.Locks;

/// <summary>Where the trailing of an unlock rule begins: the lock is 14 minutes old, its ticks were stored.</summary>
public sealed class LockExtremesTests : IDisposable
{
    private static readonly EngineSnapshot Sample = SampleSnapshot.At(SampleSnapshot.Now);
    private static readonly PositionLock Held = Sample.Locks[0];
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(Side.Long, 5720)]
    [InlineData(Side.Short, 5690)]
    public void Best_IsTheExtremeSinceTheLock_WithoutWhatCameBeforeAndLoneJumps(Side leg, decimal best)
    {
        using var archive = Stored((-1, 5900), (1, 5702), (2, 5720), (3, 5700), (4, 9000), (5, 5698), (6, 5690), (7, 5700));
        Best(archive, Rule(leg)).ShouldBe(new Price(best));
    }

    [Fact]
    public void NothingStored_IsNotKnown()
    {
        using var archive = new TickArchive(_folder.Path);
        Best(archive, Rule(Side.Long)).ShouldBeNull();
    }

    [Fact]
    public void RuleThatNeedsNone_IsNotLookedUp()
    {
        using var archive = Stored((1, 5702));
        Best(archive, Rule(Side.Long) with { PriceSource = PriceSource.BidAsk }).ShouldBeNull();
        Best(archive, Rule(Side.Long) with { Action = LockAction.Lock }).ShouldBeNull();
        Best(archive, Rule(Side.Long) with { TrailingStop = false }).ShouldBeNull();
        Best(archive, Rule(Side.Long) with { LockId = null }).ShouldBe(new Price(5702m), "the newest lock that stands");
    }

    public void Dispose() => _folder.Dispose();

    private static LockRule Rule(Side leg) => Sample.Rules[0].Rule with
    {
        Action = LockAction.Unlock, AccountId = Held.AccountId, Symbol = Held.Symbol, LockId = Held.Id, Direction = leg, TriggerType = TriggerType.Trailing, TrailingStop = true, TrailingDistance = 10,
    };

    private static Price? Best(ITickArchive archive, LockRule rule) => new LockExtremes(archive, TradingCalendar.FromReferenceData()).Best(rule, Sample);

    private TickArchive Stored(params IReadOnlyList<(int Minutes, decimal Price)> ticks)
    {
        var archive = new TickArchive(_folder.Path);
        var stored = ticks.Select(item => Held.CreatedAt.AddMinutes(item.Minutes) is var at ? new Tick { LastTicks = (long)(item.Price / SampleSnapshot.Pta.PriceTick), OccurredAt = at, ReceivedAt = at } : default).ToArray();
        archive.Append(SampleSnapshot.Source, SampleSnapshot.Pta, DateOnly.FromDateTime(SampleSnapshot.Now.ToOffset(TimeSpan.FromHours(8)).Date), stored);
        return archive;
    }
}
