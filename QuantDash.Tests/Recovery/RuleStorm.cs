using System.Globalization;
using QuantDash.Tests.Scenarios;

namespace QuantDash.Tests.Recovery;

/// <summary>A long leg of one contract, and a price that climbs through rules which each lock one lot of it: whatever is broken on the way, in the end every rule has
/// fired once and the books balance.</summary>
/// <param name="client">Where ticks and rules go.</param>
/// <param name="database">Where the books are.</param>
/// <param name="clock">"ticks": the feed waits for what it caused; "wall": it is live and waits for nothing.</param>
internal sealed class RuleStorm(TradingClient client, DatabaseView database, string clock = "ticks")
{
    private const string Symbol = "CZCE.TA2505";
    private const string Source = "storm";
    private const int Leg = 5_000;
    private const decimal Centre = 5000m;
    private const decimal Deposit = 1_000_000_000m;
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 2, 0, 0, TimeSpan.Zero);

    private readonly StormBooks _books = new(database);
    private int _tick;
    private string _account = "";

    /// <summary>Where ticks and rules go: another process, after a take-over.</summary>
    public TradingClient Client { get; set; } = client;

    /// <summary>Rules armed so far, which is how many must have fired once the price is at the top.</summary>
    public int Rules { get; private set; }

    /// <summary>Where the price has been fed to for certain.</summary>
    public decimal Price { get; private set; } = Centre;

    public decimal Top { get; private set; } = Centre;

    public async Task BeginAsync()
    {
        await Client.SourceAsync(Source, clock, always: true);
        await TickAsync(Centre);
        _account = await Client.AccountAsync("storm", Source, Deposit);
        await Client.HoldAsync(_account, Symbol, "long", Leg, Centre);
    }

    /// <summary>One rule every two ticks above the price.</summary>
    public async Task ArmAsync(int rules)
    {
        for (var i = 1; i <= rules; i++) await ArmAsync(Top + (2 * i));
        Rules += rules;
        Top += 2 * rules;
    }

    /// <summary>The price climbs to the top, one rule a tick, or until nobody answers.</summary>
    public async Task FeedAsync(CancellationToken stop = default)
    {
        try
        {
            for (var price = Price; price <= Top && !stop.IsCancellationRequested; price += 2) await TickAsync(price);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException || stop.IsCancellationRequested)
        {
            // What was not answered may or may not have happened, which is the point.
        }
    }

    /// <summary>The price climbs to the top while the database is away. Whether an answer waits for it is the program's business: nobody waits longer than this.</summary>
    public async Task FeedAsync(TimeSpan patience)
    {
        using var stop = new CancellationTokenSource(patience);
        try
        {
            await FeedAsync(stop.Token).WaitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            // It waits.
        }
    }

    /// <summary>The feed comes back and goes on to the top, where every rule has been passed.</summary>
    public async Task SettleAsync()
    {
        for (var i = 0; i < 3; i++) await TickAsync(Top);
        Price = Top;
        await TradingClient.EventuallyAsync(
            async () =>
            {
                // What could not be sent for half a minute is decided again by a tick, and a live feed has always one more.
                if (clock == "wall") await TickAsync(Top);
                return await Client.TriggersAsync();
            },
            found => found.Count >= Math.Min(Rules, 500) && found.All(trigger => trigger["execution_status"]!.GetValue<string>() is not ("pending" or "executing")));
    }

    public async Task TickAsync(decimal price) => await Client.TicksAsync(Source,
    [
        new()
        {
            ["symbol"] = Symbol,
            ["timestamp"] = (clock == "wall" ? DateTimeOffset.UtcNow : Start.AddMilliseconds(500 * ++_tick)).ToString("O", CultureInfo.InvariantCulture),
            ["last_price"] = price,
            ["bid_price"] = price - 2,
            ["bid_volume"] = 10_000,
            ["ask_price"] = price + 2,
            ["ask_volume"] = 10_000,
        },
    ]);

    /// <summary>No rule is lost, says the engine: right after a start, before anything else was fed.</summary>
    public async Task ShouldBeArmedAsync(string because)
    {
        var known = await Client.ItemsAsync("api/lock/configs");
        known.Count(rule => rule["arm_state"]!.GetValue<string>() is "armed" or "fired" or "done").ShouldBe(Rules, because);
    }

    /// <summary>In what a kill left on the disk.</summary>
    public async Task ShouldBeResumableAsync(string because)
    {
        await database.UntilNobodyTradesAsync();
        await _books.Locks.LotsShouldHoldWhatIsLockedAsync(because);
        await _books.Locks.TriggersShouldBeResumableAsync(because);
        await database.ShouldBeIntactAsync(because);
    }

    public async Task ShouldBalanceAsync(string because)
    {
        await _books.ShouldBalanceAsync(Rules, Rules, Leg, because);
        (await database.CountAsync("select count(*) from lock_executions")).ShouldBe(Rules, "one execution a trigger: " + because);
        (await database.CountAsync("select count(*) from audit_logs where action = 'trigger.executed'")).ShouldBe(Rules, "every one is on record: " + because);
        await StormBooks.AuditShouldBeWholeAsync(Client, because);
        await _books.CashShouldBeTheTradesAsync(Client, Deposit, because);
    }

    private Task<string> ArmAsync(decimal level) => Client.RuleAsync(new()
    {
        ["account_id"] = _account,
        ["symbol"] = Symbol,
        ["direction"] = "long",
        ["trigger_type"] = "price",
        ["trigger_price"] = level,
        ["profit_lock_ratio"] = 1m / Leg,
        ["auto_execute"] = true,
    });
}
