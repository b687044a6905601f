using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Journal;
using QuantDash.Web.Adapters.Storage.Rows;
using QuantDash.Web.Adapters.Venues.Bridge;

namespace QuantDash.Tests.Recovery.Storage;

/// <summary>The real engine over the real journal on a real SQLite file, with the test in the trading thread's place: a bridge account long 10 TA, a rule that locks all of it at 5520, the trader's
/// program and its counter, which outlive every crash of ours. A crash here is an engine that is dropped and a database that is opened anew from copies of its files, taken at that moment: what
/// kill -9 leaves is the files and nothing else (Recovery/KillTests kills for real).</summary>
internal sealed class StoredScene : IAsyncDisposable
{
    private static readonly ContractCatalog Catalog = ContractCatalog.FromReferenceData(EngineHarness.Calendar);
    private static readonly string[] Files = ["quantdash.db", "quantdash.db-wal", "audit.heads"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Lazy<Task<(AccountId Account, IReadOnlyDictionary<string, byte[]> Files)>> Start = new(MakeStartAsync);

    private readonly List<BridgeReport> _fills = [];
    private readonly SemaphoreSlim _committed = new(0);
    private TempFolder _folder;
    private StorageRig? _rig;
    private TradingEngine? _engine;
    private long _told;
    private double _volume;

    private StoredScene(TempFolder folder, AccountId account)
    {
        (_folder, Account) = (folder, account);
        Program = new(Take, (reports, now) => Engine.TakeReports(Account, reports, now), Counter);
    }

    public AccountId Account { get; }
    public Counter Counter { get; } = new();
    public TraderProgram Program { get; }
    public DateTimeOffset Now { get; private set; } = EngineHarness.Wall;
    public TradingEngine Engine => _engine ?? throw new InvalidOperationException("not started");
    public StorageRig Rig => _rig ?? throw new InvalidOperationException("not started");
    public ScriptedConnection Connection { get; private set; } = null!;
    public TempFolder Folder => _folder;

    /// <summary>What the venue had told without a trade and a version that wrote down no such thing has forgotten.</summary>
    public IReadOnlyList<UnexplainedVolume> Forgotten { get; set; } = [];

    /// <summary>Looks at what was handed out, before it reaches the counter.</summary>
    public Action<IReadOnlyList<BridgeCommand>>? HandedOut { get; set; }

    /// <summary>On files of its own, not opened yet.</summary>
    public static async Task<StoredScene> NewAsync()
    {
        var (account, files) = await Start.Value;
        var folder = new TempFolder();
        foreach (var (name, bytes) in files) await File.WriteAllBytesAsync(folder.File(name), bytes);
        return new(folder, account) { Now = EngineHarness.Wall.AddSeconds(10) };
    }

    /// <summary>A start on what is there, which is what recovery is. Its own writes are not waited for.</summary>
    public async Task OpenAsync(Action<ScriptedConnection>? script = null)
    {
        _rig = await StorageRig.SqliteAsync(_folder, target =>
        {
            Connection = new(target, new SqliteJournalConnection(target));
            script?.Invoke(Connection);
            return Connection;
        });
        _rig.Journal.Committed += _ => _committed.Release();
        _told = 0;
        _engine = NewEngine(_rig);
        var state = await _rig.LoadAsync();
        _engine.Recover(state, Now);
    }

    /// <summary>A start, all of it, and a price below the rule's: the first price after a start would be one that was missed.</summary>
    public async Task BeginAsync(Action<ScriptedConnection>? script = null)
    {
        await OpenAsync(script);
        (await ReconcileAsync()).ShouldBeTrue();
        await CalmAsync();
    }

    /// <summary>The machine takes the process away: nothing is written any more. The next start finds the files as they are now.</summary>
    public async Task CrashAsync(bool keepBackups = false)
    {
        Connection.IsDead = true;
        var next = CopyFiles();
        if (keepBackups)
        {
            Directory.CreateDirectory(next.File("backups"));
            foreach (var backup in Directory.EnumerateFiles(_folder.File("backups"))) Copy(backup, Path.Combine(next.File("backups"), Path.GetFileName(backup)));
        }

        await CloseAsync();
        _folder.Dispose();
        _folder = next;
        Now += TimeSpan.FromSeconds(1);
    }

    /// <summary>What is on the disk at this moment, in a folder of its own.</summary>
    public TempFolder CopyFiles()
    {
        var copies = new TempFolder();
        foreach (var name in Files.Where(name => File.Exists(_folder.File(name)))) Copy(_folder.File(name), copies.File(name));
        return copies;
    }

    /// <summary>The trading thread's part: tells the engine what is durable until nothing waits. False: the process is dead, or (unless it waits through trouble) the journal is in trouble.</summary>
    public async Task<bool> SettleAsync(bool throughTrouble = true)
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (_told < Engine.NextSequence - 1)
        {
            var health = Rig.Journal.Health;
            if (health.CommittedSequence > _told)
            {
                _told = health.CommittedSequence;
                Engine.OnCommitted(_told);
                continue;
            }
            if (health.State == JournalState.Fenced || (!throughTrouble && health.State == JournalState.Retrying)) return false;
            if (since.Elapsed > Patience) throw new TimeoutException($"not durable: {health}");
            await _committed.WaitAsync(TimeSpan.FromMilliseconds(2));
        }
        return true;
    }

    public void Tick(double price)
    {
        Now += TimeSpan.FromSeconds(0.5);
        var tick = new RawTick { Timestamp = Now, LastPrice = price, Volume = ++_volume, BidPrice = price - 2, BidVolume = 100, AskPrice = price + 2, AskVolume = 100 };
        Engine.OnTick(new("test"), BridgeScene.Pta, tick, Now);
    }

    /// <summary>The counter fills; the program tells, and remembers, as it does until the end of the day.</summary>
    public void Fill(ClientOrderId id, decimal volume)
    {
        _fills.Add(Counter.Fill(id, volume, 5518, Now));
        Program.Tell(Now, _fills[^1]);
    }

    /// <summary>What the program does after a start of ours: asks, is told to reconcile, does, and tells the day's trades again.</summary>
    public async Task<bool> ReconcileAsync(bool throughTrouble = true)
    {
        Program.Poll(Now);
        if (!await SettleAsync(throughTrouble)) return false;
        var shorts = Counter.Placed.Sum(Counter.FilledOf);
        var snapshot = new PositionSnapshot
        {
            AccountId = Account, Timestamp = Now, Epoch = Program.Epoch, Complete = true,
            Positions =
            [
                new()
                {
                    Symbol = BridgeScene.Pta, LongVolume = new(10), LongToday = new(10), LongAveragePrice = new Price(5500),
                    ShortVolume = new(shorts), ShortToday = new(shorts), ShortAveragePrice = shorts > 0 ? new Price(5518) : null,
                },
            ],
        };
        Engine.ApplySnapshot(snapshot, Now).Problems.ShouldBeEmpty();
        if (!await SettleAsync(throughTrouble)) return false;
        if (_fills.Count > 0) Program.Tell(Now, _fills);
        Program.Poll(Now);
        return await SettleAsync(throughTrouble);
    }

    /// <summary>However it was left: the price is still there, the program asks on, and what stands at the counter is filled.</summary>
    public async Task FinishAsync()
    {
        for (var round = 0; round < 6; round++)
        {
            foreach (var (id, volume) in Counter.Standing) Fill(id, volume);
            await SettleAsync();
            if (Counter.Placed.Count == 0) await CalmAsync();
            Tick(5522);
            await SettleAsync();
            Program.Poll(Now);
            await SettleAsync();
        }
    }

    /// <summary>Ten lots at the venue and no order of them twice, one firing, all ten locked, and the books as written down agree with the engine and the venue. It may have taken a second order:
    /// a snapshot that counts a fill before it is told makes the rest of the first too large, and what is too large is cancelled and asked for anew.</summary>
    public async Task ShouldHaveLockedOnceAsync(string because)
    {
        var state = await Rig.LoadAsync();
        Counter.Placed.ShouldBeUnique();
        Counter.Placed.Sum(Counter.FilledOf).ShouldBe(10, because);
        state.Triggers.Where(trigger => trigger.Status != TriggerStatus.Cancelled).Select(trigger => trigger.Status).ShouldBe([TriggerStatus.Executed], because);
        state.Locks.Sum(held => held.Bound(Side.Long).Value).ShouldBe(10, because);
        await ShouldBalanceAsync(state);
    }

    public async Task ShouldBalanceAsync(RecoveredState? state = null)
    {
        state ??= await Rig.LoadAsync();
        await using var context = Rig.Target.CreateContext();
        JournalChange.FillAdded[] fills = [.. context.Set<TradeRow>().AsEnumerable().Select(row => row.ToTrade()).Select(trade => new JournalChange.FillAdded(trade.Fill, trade.Accounting))];
        Books.ShouldBalance(state with { Unexplained = [.. state.Unexplained, .. Forgotten] }, fills, Engine.Snapshot(Now), Counter);
        (await Rig.ReadAsync<string>("pragma integrity_check")).ShouldBe("ok");
        (await Rig.VerifyAuditAsync()).IsWhole.ShouldBeTrue("the audit chain");
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
        _committed.Dispose();
    }

    private static TradingEngine NewEngine(StorageRig rig) => new(Catalog, EngineHarness.Calendar, rig.Journal, new NewIdentities(), new(), null, new BridgeLinkFactory());

    private static void Copy(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = File.Create(to);
        source.CopyTo(copy);
    }

    /// <summary>The files of a desk that is ready to trade, made once.</summary>
    private static async Task<(AccountId Account, IReadOnlyDictionary<string, byte[]> Files)> MakeStartAsync()
    {
        using var folder = new TempFolder();
        var account = new AccountId(Guid.NewGuid());
        await using (var scene = new StoredScene(folder, account))
        {
            await scene.OpenAsync();
            scene.Engine.CreateSource(new() { Name = new("test"), Clock = SourceClock.Wall, CreatedAt = scene.Now }).Succeeded.ShouldBeTrue();
            scene.Engine.CreateAccount(
                new() { Id = account, Name = "test", Venue = VenueKind.Bridge, Currency = Currency.Cny, Source = new("test"), CreatedAt = scene.Now }, new(0m, Currency.Cny), scene.Now).Problems.ShouldBeEmpty();
            await scene.SettleAsync();
            (await scene.ReconcileAsync()).ShouldBeTrue();
            scene.Tick(5500);
            scene.Engine.SaveRule(EngineHarness.NewRule(account, BridgeScene.Pta, Side.Long, TriggerType.Price) with { TriggerPrice = new(5520) }, scene.Now).Problems.ShouldBeEmpty();
            await scene.SettleAsync();
            await scene.CloseAsync();
            return (account, Files.Where(name => File.Exists(folder.File(name))).ToDictionary(name => name, name => File.ReadAllBytes(folder.File(name))));
        }
    }

    private Outcome<BridgeHandOut> Take(DateTimeOffset now)
    {
        var taken = Engine.TakeCommands(Account, another: false, now);
        if (taken.Succeeded) HandedOut?.Invoke(taken.Value.Items);
        return taken;
    }

    private async Task CalmAsync()
    {
        Tick(5500);
        await SettleAsync();
    }

    private async Task CloseAsync()
    {
        if (_rig is null) return;
        await _rig.DisposeAsync();
        _rig = null;
    }

    private sealed class NewIdentities : IIdentitySource
    {
        public Guid Next() => Guid.NewGuid();
    }
}
