using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using QuantDash.Tests.Scenarios;

namespace QuantDash.Tests.Recovery.Venue;

/// <summary>An account of its own behind a bridge of a running QuantDash, long one contract, with a feed of its own and a scripted counter.</summary>
internal sealed class VenueDesk
{
    public const string Symbol = "CZCE.TA2701";
    public const decimal Leg = 10_000m;
    public const decimal LotsPerRule = 2;
    private const decimal Top = 6000m;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private const decimal Deposit = 1_000_000_000m;
    private Trader _trader;

    private VenueDesk(Trader trader, string name)
    {
        (_trader, Name) = (trader, name);
        Books = new(trader.Database, name);
    }

    public string Name { get; }
    public string Account { get; private set; } = "";
    public ScriptedVenue Venue { get; } = new(Symbol, Leg, Top);
    public StormBooks Books { get; }
    public decimal Price { get; private set; } = Top;
    public int Rules { get; private set; }

    public static async Task<VenueDesk> OpenAsync(Trader trader, string name)
    {
        var desk = new VenueDesk(trader, name);
        await trader.Client.SourceAsync(name, "wall", always: true);
        await desk.TickAsync(Top);
        var account = new JsonObject { ["name"] = name, ["venue"] = "bridge", ["currency"] = "CNY", ["initial_balance"] = Deposit, ["source"] = name };
        desk.Account = (await trader.Client.PostAsync("api/accounts", account, HttpStatusCode.Created))["id"]!.GetValue<string>();
        return desk;
    }

    /// <summary>A program that serves the account, once its first snapshot was taken.</summary>
    public async Task<ScriptedProgram> ServeAsync(Uri address, VenueScript script, ProgramWays? ways = null)
    {
        var program = new ScriptedProgram(address, TradingClient.Key, Account, Venue, script, ways);
        await UntilAsync("the snapshot is taken", async () => await Books.SumAsync("lots", "volume", "side = 'long'") == Leg && !await HoldsOrdersAsync());
        return program;
    }

    /// <summary>The lots may have come with a snapshot of the pace, before the one that opens the gate.</summary>
    private async Task<bool> HoldsOrdersAsync() =>
        (await _trader.Client.GetAsync($"api/reconciliation?account_id={Account}"))["items"]!.AsArray().Single()!["holds_orders"]!.GetValue<bool>();

    /// <summary>A stop for every two ticks below the price.</summary>
    public async Task ArmAsync(int rules)
    {
        for (var i = 1; i <= rules; i++)
        {
            await _trader.Client.RuleAsync(new()
            {
                ["account_id"] = Account, ["symbol"] = Symbol, ["direction"] = "long", ["trigger_type"] = "price", ["stop_loss_price"] = Price - (2 * i),
                ["stop_lock_ratio"] = LotsPerRule / Leg, ["auto_execute"] = true,
            });
        }
        Rules += rules;
    }

    /// <summary>The price falls through all rules, and then goes up and down by a tick, so that orders that rest are chased, until nothing is under way.</summary>
    public async Task FallAndSettleAsync(int rules)
    {
        await FallAsync(rules);
        await SettleAsync();
    }

    /// <summary>The price falls through all rules.</summary>
    public async Task FallAsync(int rules)
    {
        for (var i = 0; i < rules; i++) await TickAsync(Price - 2);
    }

    /// <summary>Another process has taken over.</summary>
    public void TurnTo(Trader trader) => _trader = trader;

    public Task SettleAsync()
    {
        var bottom = Price;
        return UntilAsync("all is settled", async () =>
        {
            await TickAsync(Price == bottom ? bottom - 2 : bottom);
            return await Books.AreSettledAsync(Rules, Venue);
        });
    }

    /// <summary>A lock ordered by hand: its client order id.</summary>
    public async Task<string> OrderAsync(decimal volume = 1)
    {
        var order = new JsonObject { ["account_id"] = Account, ["symbol"] = Symbol, ["action"] = "lock", ["direction"] = "long", ["volume"] = volume, ["price"] = Price };
        return (await _trader.Client.PostAsync("api/orders", order, HttpStatusCode.Created))["id"]!.GetValue<string>();
    }

    public async Task<string> StatusAsync(string order) => (await _trader.Database.ColumnAsync($"select status from orders where id = '{order}'")).Single();

    /// <returns>Its last status.</returns>
    public async Task<string> UntilStatusAsync(string order, params IReadOnlyList<string> wanted)
    {
        var status = "";
        await UntilAsync($"{order} is {string.Join(" or ", wanted)}", async () => wanted.Contains(status = await StatusAsync(order)));
        return status;
    }

    public async Task TickAsync(decimal price)
    {
        Price = price;
        await _trader.Client.TicksAsync(Name,
        [
            new()
            {
                ["symbol"] = Symbol, ["timestamp"] = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture), ["last_price"] = price,
                ["bid_price"] = price - 2, ["bid_volume"] = 10_000, ["ask_price"] = price + 2, ["ask_volume"] = 10_000,
            },
        ]);
    }

    public async Task UntilAsync(string what, Func<Task<bool>> holds, TimeSpan? within = null)
    {
        var patience = within ?? Patience;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!await holds())
        {
            if (clock.Elapsed > patience) throw new TimeoutException($"{Name}: not within {patience.TotalSeconds} s: {what}\n{await StateAsync()}");
            await Task.Delay(Pace);
        }
    }

    /// <summary>All that this desk's rules locked, at the venue as with us.</summary>
    public async Task ShouldBalanceAsync(ScriptedProgram program, string because)
    {
        program.Refused.ShouldBeEmpty(because);
        Venue.Short.ShouldBe(Rules * LotsPerRule, "over- or under-locked at the venue: " + because);
        await Books.ShouldAgreeWithAsync(Venue, because);
        await Books.ShouldBalanceAsync(Rules, Rules * LotsPerRule, Leg, because);
        await Books.CashShouldBeTheTradesAsync(_trader.Client, Deposit, because);
    }

    private async Task<string> StateAsync()
    {
        var own = $"account_id in (select id from accounts where name = '{Name}')";
        var triggers = await _trader.Database.RowsAsync($"select id, execution_status, error_message from lock_triggers where execution_status <> 'executed' and {own}");
        var orders = await _trader.Database.RowsAsync($"select id, status, filled_volume, reason, updated_at from orders where status <> 'filled' and {own}");
        var atVenue = Venue.Orders.Select(order => $"{order.Id} {order.Status} {order.Fault}");
        return string.Join("\n", triggers.Concat(orders).Select(row => string.Join(' ', row)).Concat(atVenue).Append($"{Rules} rules; venue: short {Venue.Short}, wrong: {string.Join("; ", Venue.Wrong)}"));
    }
}
