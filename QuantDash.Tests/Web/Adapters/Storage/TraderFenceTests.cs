using QuantDash.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;

namespace QuantDash.Tests.Web.Adapters.Storage;

/// <summary>The number in the database that says whose turn it is to trade (docs/adr/0019).</summary>
public sealed class TraderFenceTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string TakenFurther = "update service_status set fence = fence + 1, holder = 'elsewhere 7 x' where service_name = 'trader'";
    private const string EndSession = "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly StorageSamples _some = new(71);

    [PostgresFact]
    public async Task Fence_GrowsWithEachTaking()
    {
        await using (var first = await StorageRig.PostgresAsync(postgres)) (await first.ReadAsync<long>("select fence from service_status where service_name = 'trader'")).ShouldBe(1);
        await using var second = await StorageRig.PostgresAsync(postgres, again: true);
        (await second.ReadAsync<long>("select fence from service_status where service_name = 'trader'")).ShouldBe(2);
        (await second.Lease.ConfirmAsync(CancellationToken.None)).ShouldBeTrue();
    }

    /// <summary>The session stands and its lock with it: only the number tells.</summary>
    [PostgresFact]
    public async Task Commit_AfterSomebodyElseBecameTheTrader_WritesNothing_AndIsTheLast()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await storage.WriteAsync(new JournalChange.EventAdded(_some.Event(1)));
        await storage.RunAsync(TakenFurther);
        storage.Journal.Append(new(2, [new JournalChange.EventAdded(_some.Event(2))]));

        (await storage.Journal.FencedOff.WaitAsync(Patience)).ShouldContain("elsewhere 7");
        storage.Journal.Append(new(3, [new JournalChange.EventAdded(_some.Event(3))]));
        await Should.ThrowAsync<InvalidOperationException>(() => storage.Journal.WriteAsync(_ => 0).WaitAsync(Patience));
        storage.Journal.Health.ShouldSatisfyAllConditions(h => h.State.ShouldBe(JournalState.Fenced), h => h.CommittedSequence.ShouldBe(1));
        (await storage.ReadAsync<long>("select max(number) from tape_events")).ShouldBe(1);
        (await storage.ReadAsync<long>("select count(*) from audit_logs")).ShouldBe(1);
    }

    /// <summary>The lock is free again, but somebody traded in between: what we remember is out of date.</summary>
    [PostgresFact]
    public async Task Session_OpenedAgain_AfterSomebodyElseTraded_IsFencedOff()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await storage.RunAsync(TakenFurther + "; " + EndSession);
        await storage.Journal.FencedOff.WaitAsync(Patience);
        (await storage.Lease.ConfirmAsync(CancellationToken.None)).ShouldBeFalse();
    }

    [PostgresFact]
    public async Task Session_OpenedAgain_WhenNobodyElseTraded_GoesOn()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await storage.RunAsync(EndSession);
        await storage.WriteAsync(new JournalChange.EventAdded(_some.Event(1)));
        (await storage.ReadAsync<long>("select fence from service_status where service_name = 'trader'")).ShouldBe(1);
        (await storage.Lease.ConfirmAsync(CancellationToken.None)).ShouldBeTrue();
    }

    [PostgresFact]
    public async Task HeartbeatsAndOtherWrites_AreFencedToo()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await storage.RunAsync(TakenFurther);
        await Should.ThrowAsync<FencedOffException>(() => storage.Journal.WriteAsync(_ => 0).WaitAsync(Patience));
        await storage.Journal.FencedOff.WaitAsync(Patience);
    }

    [PostgresFact]
    public async Task Confirm_AfterSomebodyElseBecameTheTrader_IsFalse()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await storage.RunAsync(TakenFurther);
        (await storage.Lease.ConfirmAsync(CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task OnSqlite_TheLockOnTheFolderIsEnough()
    {
        await using var storage = await StorageRig.SqliteAsync();
        (await storage.Lease.ConfirmAsync(CancellationToken.None)).ShouldBeTrue();
        storage.Journal.FencedOff.IsCompleted.ShouldBeFalse();
    }
}
