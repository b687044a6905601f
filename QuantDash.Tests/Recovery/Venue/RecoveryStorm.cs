using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Recovery.Venue;

/// <summary>What a storm came through.</summary>
internal sealed record StormTally(int Seed, int Kills, int BetweenSendAndAcknowledgement, int Rules, int VenueOrders, IReadOnlyDictionary<VenueFault, int> Faults, IReadOnlyList<TimeSpan> Ready)
{
    public override string ToString() =>
        $"seed {Seed}: {Kills} kills -9, {BetweenSendAndAcknowledgement} of them between send and acknowledgement; {Rules} firings, {VenueOrders} orders at the venue; "
        + string.Create(CultureInfo.InvariantCulture, $"0 lost, 0 doubled, 0 over-locked, audit chain whole; ready after the start: median {Median.TotalSeconds:0.00} s, longest {Ready.Max().TotalSeconds:0.00} s. Faults: ")
        + string.Join(", ", Faults.OrderBy(fault => fault.Key).Select(fault => $"{fault.Key} {fault.Value}"));

    private TimeSpan Median => Ready.Order().ElementAt(Ready.Count / 2);
}

/// <summary>RELIABILITY.md A1: stops fire one after the other on a falling price, their orders go to a venue that is another process, and the trader is killed -9: at a random moment, or
/// right between an order's sending and its acknowledgement. After each kill what it left on the disk is looked at, and it is started again. Every few kills all is let settle, and all books are
/// compared, ours, the database's, the venue's: a kill that comes before that is one in the middle of the recovery from the one before.</summary>
internal sealed class RecoveryStorm(AppProcess app, DatabaseView database, int seed, VenueScript script, Action<string> say)
{
    private const string Symbol = "CZCE.TA2701";
    private const string Source = "storm";
    private const int RulesPerRound = 12;
    private const int KillsBetweenBooks = 3;
    private const decimal Deposit = 1_000_000_000m;
    private const decimal LotsPerRule = 2;
    private const decimal Leg = 10_000;
    private const decimal Top = 30_000m;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan TickPace = TimeSpan.FromMilliseconds(4);

    private readonly Random _random = new(seed);
    private readonly ScriptedVenue _venue = new(Symbol, Leg, Top);
    private readonly StormBooks _books = new(database);
    private readonly List<TimeSpan> _ready = [];
    private TradingClient _client = null!;
    private string _account = "";
    private decimal _price = Top;
    private int _rules;
    private int _betweenSendAndAcknowledgement;

    public async Task<StormTally> RunAsync(int kills)
    {
        _client = TradingClient.Of(app);
        await _client.SourceAsync(Source, "wall", always: true);
        await TickAsync();
        _account = (await _client.PostAsync(
            "api/accounts", new JsonObject { ["name"] = "storm", ["venue"] = "bridge", ["currency"] = "CNY", ["initial_balance"] = Deposit, ["source"] = Source }, System.Net.HttpStatusCode.Created))["id"]!.GetValue<string>();
        await using var program = new ScriptedProgram(app.Address, TradingClient.Key, _account, _venue, script);
        await UntilAsync("the first snapshot is taken", async () => await database.SumAsync("select coalesce(sum(volume), 0) from lots where side = 'long'") == Leg);
        for (var kill = 1; kill <= kills; kill++)
        {
            await RoundAsync(program, kill, kills);
            if (kill % 25 == 0) say($"{kill} kills, {_rules} firings, {_venue.Orders.Count} orders at the venue");
        }

        program.Refused.ShouldBeEmpty();
        return new(seed, kills, _betweenSendAndAcknowledgement, _rules, _venue.Orders.Count, _venue.Orders.GroupBy(order => order.Fault).ToDictionary(group => group.Key, group => group.Count()), _ready);
    }

    private async Task RoundAsync(ScriptedProgram program, int kill, int kills)
    {
        var bottom = _price - (2 * RulesPerRound);
        for (var i = 1; i <= RulesPerRound; i++) await ArmAsync(_price - (2 * i));
        _rules += RulesPerRound;

        var isAtTheSend = kill % 2 == 0;
        var killed = isAtTheSend ? KillAtTheSendAsync(program, _venue.Orders.Count + _random.Next(1, RulesPerRound + 1)) : KillSoonAsync();
        await FeedAsync(bottom, killed);
        await KilledAsync(killed, kill);
        program.Placed = null;
        if (isAtTheSend) _betweenSendAndAcknowledgement++;
        var because = $"kill {kill} of {kills}, seed {seed}\n{Tail(app.Log)}";
        await WhatIsLeftShouldBeSoundAsync(because);

        await StartAgainAsync();
        _price = bottom;
        if (kill % KillsBetweenBooks != 0 && kill != kills) return;
        await SettleAsync(kill, bottom);
        await BooksShouldBalanceAsync(because);
    }

    /// <summary>From the start of the process until it says that orders may go out.</summary>
    private async Task StartAgainAsync()
    {
        var clock = Stopwatch.StartNew();
        await app.StartAgainAsync();
        while (!await IsReadyAsync())
        {
            if (clock.Elapsed > Patience) throw new TimeoutException($"seed {seed}: not ready within {Patience.TotalSeconds} s of the start\n{Tail(app.Log)}");
            await Task.Delay(TickPace);
        }
        _ready.Add(clock.Elapsed);
    }

    private async Task<bool> IsReadyAsync()
    {
        using var answer = await app.Client.GetAsync("health/ready");
        return answer.IsSuccessStatusCode;
    }

    private async Task KillSoonAsync()
    {
        await Task.Delay(_random.Next(5, 300)); // the moment is what is random, not what is waited for
        app.Kill();
    }

    private Task KillAtTheSendAsync(ScriptedProgram program, int order)
    {
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        program.Placed = placed =>
        {
            if (placed < order || killed.Task.IsCompleted) return;
            app.Kill();
            killed.TrySetResult();
        };
        return killed.Task.WaitAsync(Patience);
    }

    private async Task KilledAsync(Task killed, int kill)
    {
        try
        {
            await killed;
        }
        catch (TimeoutException waited)
        {
            throw new TimeoutException($"Kill {kill}, seed {seed}: the order to be killed at was not sent within {Patience.TotalSeconds} s\n{await StateAsync()}\n{Tail(app.Log)}", waited);
        }
    }

    /// <summary>The price falls tick by tick, one rule a tick, and stays there until the process is gone.</summary>
    private async Task FeedAsync(decimal bottom, Task killed)
    {
        try
        {
            while (!killed.IsCompleted)
            {
                _price = Math.Max(bottom, _price - 2);
                await TickAsync();
                await Task.Delay(TickPace);
            }
        }
        catch (HttpRequestException)
        {
            // Killed: what was not answered may or may not have happened, which is the point.
        }
    }

    /// <summary>Before anything is mended by a start. Intent before action: the venue never sees what is not durable; nor more than the rules that may have fired.</summary>
    private async Task WhatIsLeftShouldBeSoundAsync(string because)
    {
        await database.UntilNobodyTradesAsync();
        var known = (await database.ColumnAsync("select id from orders")).ToHashSet();
        _venue.Orders.Where(order => !known.Contains(order.Id)).Select(order => order.Id).ShouldBeEmpty("sent without an intent: " + because);
        _venue.Wrong.ShouldBeEmpty(because);
        _venue.Short.ShouldBeLessThanOrEqualTo(_rules * LotsPerRule, "over-locked at the venue: " + because);
        await _books.Locks.LotsShouldHoldWhatIsLockedAsync(because);
        await _books.Locks.TriggersShouldBeResumableAsync(because);
        await database.ShouldBeIntactAsync(because);
    }

    /// <summary>The feed comes back and goes up and down by a tick, so that orders that rest are chased, until nothing is under way.</summary>
    private Task SettleAsync(int kill, decimal bottom) => UntilAsync($"all is settled after kill {kill}, seed {seed}", async () =>
    {
        _price += _price == bottom ? -2 : 2;
        await TickAsync();
        return await _books.AreSettledAsync(_rules, _venue);
    });

    private async Task BooksShouldBalanceAsync(string because)
    {
        var locked = _rules * LotsPerRule;
        _venue.Short.ShouldBe(locked, "over- or under-locked at the venue: " + because);
        await _books.ShouldAgreeWithAsync(_venue, because);
        await _books.ShouldBalanceAsync(_rules, locked, Leg, because);
        await StormBooks.AuditShouldBeWholeAsync(_client, because);
        await _books.CashShouldBeTheTradesAsync(_client, Deposit, because);
    }

    private Task<string> ArmAsync(decimal level) => _client.RuleAsync(new()
    {
        ["account_id"] = _account,
        ["symbol"] = Symbol,
        ["direction"] = "long",
        ["trigger_type"] = "price",
        ["stop_loss_price"] = level,
        ["stop_lock_ratio"] = LotsPerRule / Leg,
        ["auto_execute"] = true,
    });

    private async Task TickAsync() => await _client.TicksAsync(Source,
    [
        new()
        {
            ["symbol"] = Symbol,
            ["timestamp"] = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture),
            ["last_price"] = _price,
            ["bid_price"] = _price - 2,
            ["bid_volume"] = 10_000,
            ["ask_price"] = _price + 2,
            ["ask_volume"] = 10_000,
        },
    ]);

    private async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!await holds())
        {
            if (clock.Elapsed > Patience) throw new TimeoutException($"Not within {Patience.TotalSeconds} s: {what}\n{await StateAsync()}\n{Tail(app.Log)}");
            await Task.Delay(TickPace * 5);
        }
    }

    private async Task<string> StateAsync()
    {
        var triggers = await database.RowsAsync("select id, execution_status, error_message from lock_triggers where execution_status <> 'executed'");
        var orders = await database.RowsAsync("select id, status, filled_volume, reason, updated_at from orders where status not in ('filled', 'cancelled', 'rejected')");
        var atVenue = _venue.Orders.Where(order => order.Status is not ("filled" or "cancelled")).Select(order => $"{order.Id} {order.Status} {order.Fault}");
        return string.Join("\n", triggers.Concat(orders).Select(row => string.Join(' ', row)).Concat(atVenue).Append($"{_rules} rules; venue: short {_venue.Short}, wrong: {string.Join("; ", _venue.Wrong)}"));
    }

    private static string Tail(string log) => log.Length > 4000 ? log[^4000..] : log;
}
