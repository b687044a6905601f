using System.Globalization;
using System.Text.Json.Nodes;
using QuantDash.Tests.Recovery.Venue;
using QuantDash.Tests.Scenarios;

namespace QuantDash.Tests.Recovery;

/// <summary>An account with three long legs and a thousand rules, each at a level of its own, a tick apart, beginning some ticks from the price. One contract comes back from a kill where it was, one
/// below stops, one above prices.</summary>
internal sealed class ArmedDesk
{
    private const int Gap = 20;
    private const int Leg = 2_000;
    private const int AtOnce = 500;
    private static readonly Contract Quiet = new("CZCE.TA2701", 2, 6_000, Prices: 400, Stops: 200);
    private static readonly Contract Fallen = new("SHFE.rb2701", 1, 3_000, Prices: 0, Stops: 200);
    private static readonly Contract Risen = new("SHFE.hc2701", 1, 3_000, Prices: 200, Stops: 0);
    private static readonly Contract[] Contracts = [Quiet, Fallen, Risen];

    private readonly Trader _trader;
    private readonly string _name;
    private readonly string _because;
    private readonly Dictionary<Contract, int> _at = Contracts.ToDictionary(contract => contract, _ => 0);
    private readonly Dictionary<Guid, (Contract Contract, int Level)> _levels = [];
    private readonly StormBooks _books;
    private string _account = "";
    private long _sent;

    private ArmedDesk(Trader trader, string name, string because)
    {
        (_trader, _name, _because) = (trader, name, because);
        _books = new(trader.Database, name);
    }

    public int Rules => _levels.Count;

    /// <summary>How many were told as crossed and left while off.</summary>
    public int Told { get; private set; }

    public static async Task<ArmedDesk> OpenAsync(Trader trader, string name, string because)
    {
        var desk = new ArmedDesk(trader, name, because);
        await trader.Client.SourceAsync(name, "wall", always: true);
        foreach (var contract in Contracts) await desk.GoAsync(contract, 0);
        desk._account = await trader.Client.AccountAsync(name, name, 1_000_000_000m);
        await desk.HoldAsync();
        await desk.ArmAsync();
        foreach (var contract in Contracts) await desk.GoAsync(contract, 0);
        await desk.TicksShouldBeStoredAsync();
        return desk;
    }

    /// <summary>The engine says so, rule by rule, and knows how far each is from the price it has seen.</summary>
    public async Task ShouldAllBeArmedAsync()
    {
        var known = await RulesAsync();
        known.Count.ShouldBe(1_000, _because);
        foreach (var rule in known)
        {
            rule["arm_state"]!.GetValue<string>().ShouldBe("armed", $"{rule.ToJsonString()} {_because}");
            _levels.ShouldContainKey(IdOf(rule), _because);
        }
    }

    /// <summary>The first price after the start is the one before it, but the day's high and low have grown: they were reached while nobody looked.</summary>
    public async Task CrossedAndReturnedShouldOnlyBeToldAsync(int upTo, int downTo)
    {
        await SendAsync(Quiet, [TickOf(Quiet, 0, high: Gap + upTo, low: -(Gap + downTo))]);
        var expected = Between(Quiet, -(Gap + downTo), Gap + upTo);
        var missed = await UntilAsync(MissedAsync, told => told.Count >= expected.Count);
        missed.ShouldBe(expected, ignoreOrder: true, "told as crossed while off: " + _because);
        (await FiredAsync(Quiet)).ShouldBeEmpty(_because);
        Told = missed.Count;
    }

    /// <summary>At the first price beyond its level a stop fires, late or not.</summary>
    public async Task BeyondAStopShouldFireAsync(int stops)
    {
        await JumpAsync(Fallen, -(Gap + stops));
        await ShouldHaveFiredAsync(Fallen, Between(Fallen, -(Gap + stops), 0), "executed");
    }

    /// <summary>A gain that came while nobody looked is asked about: the trader may have meant another one.</summary>
    public async Task BeyondAPriceShouldAskAsync(int prices)
    {
        await JumpAsync(Risen, Gap + prices);
        await ShouldHaveFiredAsync(Risen, Between(Risen, 0, Gap + prices), "waiting_confirm");
    }

    public async Task CrossingNoneShouldFireNoneAsync()
    {
        await GoAsync(Quiet, Gap);
        await GoAsync(Quiet, -Gap);
        await GoAsync(Quiet, 0);
        (await FiredAsync(Quiet)).ShouldBeEmpty(_because);
        // On a price that went stale while a slow machine answered, no distance is told; of a thousand rules they are told once a second.
        var known = await UntilAsync(RulesOfQuietAsync, all => all.TrueForAll(rule => rule["distance_ticks"]?.GetValue<long>() == Math.Abs(_levels[IdOf(rule)].Level)));
        known.Count(rule => rule["arm_state"]!.GetValue<string>() == "armed").ShouldBe(Quiet.Prices + Quiet.Stops, _because);
        foreach (var rule in known) rule["distance_ticks"]!.GetValue<long>().ShouldBe(Math.Abs(_levels[IdOf(rule)].Level), _because);
    }

    private async Task<List<JsonNode>> RulesOfQuietAsync()
    {
        await JumpAsync(Quiet, 0);
        return [.. (await RulesAsync()).Where(rule => _levels[IdOf(rule)].Contract == Quiet)];
    }

    public async Task CrossingShouldFireThoseAsync(int prices)
    {
        await GoAsync(Quiet, Gap + prices);
        await ShouldHaveFiredAsync(Quiet, Between(Quiet, 0, Gap + prices), "executed");
    }

    /// <summary>The proof that each was armed: its price comes, and it fires, once.</summary>
    public async Task CrossingAllShouldFireAllAsync()
    {
        foreach (var contract in Contracts)
        {
            await GoAsync(contract, Gap + contract.Prices);
            await GoAsync(contract, -(Gap + contract.Stops));
        }

        await ShouldHaveFiredAsync(Quiet, Between(Quiet, int.MinValue, int.MaxValue), "executed");
        await ShouldHaveFiredAsync(Fallen, Between(Fallen, int.MinValue, int.MaxValue), "executed");
        (await UntilAsync(() => FiredAsync(Risen), fired => fired.Count == Risen.Prices)).Select(one => one.Rule).ShouldBe(Between(Risen, int.MinValue, int.MaxValue), ignoreOrder: true, _because);
        (await MissedAsync()).Count.ShouldBe(Told, "nothing more was told as missed: " + _because);
        await _books.Locks.LotsShouldHoldWhatIsLockedAsync(_because);
        await _books.Locks.TriggersShouldBeResumableAsync(_because);
        await _trader.Database.ShouldBeIntactAsync(_because);
    }

    private async Task HoldAsync() => await _trader.Client.PostAsync("api/position_snapshots", new JsonObject
    {
        ["account_id"] = _account,
        ["positions"] = new JsonArray([.. Contracts.Select(contract => new JsonObject
        {
            ["symbol"] = contract.Symbol, ["long_position"] = Leg, ["long_today"] = Leg, ["long_avg_price"] = contract.Centre,
        })]),
    });

    private async Task ArmAsync()
    {
        foreach (var some in Contracts.SelectMany(contract => contract.Levels.Select(level => RuleAt(contract, level))).Chunk(AtOnce))
            await _trader.Client.PostAsync("api/lock/configs/import", new JsonObject { ["items"] = new JsonArray([.. some]), ["save"] = true });
        foreach (var rule in await RulesAsync())
        {
            var contract = Contracts.Single(one => one.Symbol == rule["symbol"]!.GetValue<string>());
            var price = (rule["trigger_price"] ?? rule["stop_loss_price"])!.GetValue<decimal>();
            _levels.Add(IdOf(rule), (contract, (int)((price - contract.Centre) / contract.Tick)));
        }
    }

    private JsonObject RuleAt(Contract contract, int level) => new()
    {
        ["account_id"] = _account, ["symbol"] = contract.Symbol, ["direction"] = "long", ["trigger_type"] = "price", ["auto_execute"] = true,
        [level > 0 ? "trigger_price" : "stop_loss_price"] = contract.PriceAt(level), [level > 0 ? "profit_lock_ratio" : "stop_lock_ratio"] = 1m / Leg,
    };

    /// <summary>From where it is, a level a tick, and then a few times there.</summary>
    private async Task GoAsync(Contract contract, int level)
    {
        var from = _at[contract];
        await SendAsync(contract, [.. Enumerable.Range(1, Math.Abs(level - from)).Select(step => TickOf(contract, from + (step * Math.Sign(level - from))))]);
        await JumpAsync(contract, level);
    }

    /// <summary>With nothing in between.</summary>
    private async Task JumpAsync(Contract contract, int level)
    {
        _at[contract] = level;
        await SendAsync(contract, [.. Enumerable.Range(0, 3).Select(_ => TickOf(contract, level))]);
    }

    private async Task SendAsync(Contract contract, List<JsonObject> ticks)
    {
        if (ticks.Count == 0) return;
        var (accepted, rejected, answer) = await StampAndSendAsync(ticks);
        // A machine that stood still for ten seconds on the way sent old ones.
        for (var tries = 0; accepted == 0 && tries < 5; tries++) (accepted, rejected, answer) = await StampAndSendAsync(ticks);
        (accepted, rejected).ShouldBe((ticks.Count, 0), $"{contract.Symbol}: {answer.ToJsonString()}");
        _sent += accepted;
    }

    private async Task<(int Accepted, int Rejected, JsonNode Answer)> StampAndSendAsync(List<JsonObject> ticks)
    {
        var now = DateTimeOffset.UtcNow;
        for (var i = 0; i < ticks.Count; i++) ticks[i]["timestamp"] = now.AddTicks(i).ToString("O", CultureInfo.InvariantCulture);
        return await _trader.Client.TicksAsync(_name, ticks.ConvertAll(tick => tick.DeepClone().AsObject()));
    }

    private static JsonObject TickOf(Contract contract, int level, int high = Gap, int low = -Gap) => new()
    {
        ["symbol"] = contract.Symbol, ["last_price"] = contract.PriceAt(level), ["bid_price"] = contract.PriceAt(level - 1), ["bid_volume"] = 100_000,
        ["ask_price"] = contract.PriceAt(level + 1), ["ask_volume"] = 100_000, ["high_price"] = contract.PriceAt(Math.Max(level, high)), ["low_price"] = contract.PriceAt(Math.Min(level, low)),
    };

    private async Task ShouldHaveFiredAsync(Contract contract, IReadOnlyCollection<Guid> rules, string status)
    {
        var fired = await UntilAsync(
            async () =>
            {
                await SendAsync(contract, [TickOf(contract, _at[contract])]); // An order that a fast price left behind is chased by the next one.
                return await FiredAsync(contract);
            },
            all => all.Count >= rules.Count && all.All(one => one.Status == status));
        fired.Select(one => one.Rule).ShouldBe(rules, ignoreOrder: true, $"{contract.Symbol}: {_because}");
        fired.Select(one => one.Status).Distinct().ShouldBe([status], $"{contract.Symbol}: {_because}");
    }

    /// <summary>Rules whose level is at one of these or between them.</summary>
    private List<Guid> Between(Contract contract, int low, int high) =>
        [.. _levels.Where(rule => rule.Value.Contract == contract && rule.Value.Level >= low && rule.Value.Level <= high).Select(rule => rule.Key)];

    private async Task<List<(Guid Rule, string Status)>> FiredAsync(Contract contract) =>
        [.. (await _trader.Database.RowsAsync($"select config_id, execution_status from lock_triggers where symbol = '{contract.Symbol}' and account_id in (select id from accounts where name = '{_name}')"))
            .Select(row => (Guid.Parse(row[0].ToString()!), (string)row[1]))];

    private async Task<List<Guid>> MissedAsync() =>
        [.. (await _trader.Database.ColumnAsync($"select subject_id from tape_events where message_key = 'lock.missed' and account_id in (select id from accounts where name = '{_name}')")).Select(Guid.Parse)];

    private async Task<List<JsonNode>> RulesAsync() => [.. (await _trader.Client.GetAsync($"api/lock/configs?account_id={_account}"))["items"]!.AsArray().Select(rule => rule!)];

    /// <summary>They are written a moment after they were decided on; a kill in between would leave none to compare with.</summary>
    private async Task TicksShouldBeStoredAsync()
    {
        var stored = await UntilAsync(
            async () => (await _trader.Client.ItemsAsync("api/ticks/days")).Where(day => day["source"]!.GetValue<string>() == _name).Sum(day => day["ticks"]!.GetValue<long>()), count => count >= _sent);
        stored.ShouldBe(_sent, _because);
    }

    private static Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> holds) => TradingClient.EventuallyAsync(look, holds);

    private static Guid IdOf(JsonNode rule) => rule["id"]!.GetValue<Guid>();

    private sealed record Contract(string Symbol, decimal Tick, decimal Centre, int Prices, int Stops)
    {
        /// <summary>In ticks from the centre.</summary>
        public IEnumerable<int> Levels => Enumerable.Range(1, Prices).Select(level => Gap + level).Concat(Enumerable.Range(1, Stops).Select(level => -(Gap + level)));

        public decimal PriceAt(int level) => Centre + (level * Tick);
    }
}
