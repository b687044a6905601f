using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using QuantDash.Tests.Scenarios;

namespace QuantDash.Tests.Soak;

/// <summary>The trader of a soak: a long leg in every contract, thousands of rules that are far away, and some at the price that lock one lot each time they rest no
/// more. What they locked is unlocked by hand every other second, so that orders, locks, audit and tape go on for ever and the books stay as large as they are.</summary>
internal sealed class SoakDesk(TradingClient client, IReadOnlyList<SoakContract> contracts)
{
    private const int Leg = 2_000;
    private const int RestSeconds = 10;
    private const int NearOf = 20;
    private const int Above = 450; // Over all that the walk reaches, since SHFE takes no market orders.
    private string _account = "";

    public int Rules { get; private set; }

    public int Unlocks { get; private set; }

    /// <summary>Unlocks that were refused because a lock was being made or mended at that moment.</summary>
    public int Busy { get; private set; }

    public async Task BeginAsync(Func<Task> firstTicks)
    {
        await client.SourceAsync(SoakFeed.Source, "wall", always: true);
        await firstTicks();
        _account = await client.AccountAsync("soak", SoakFeed.Source, 10_000_000_000m);
        await client.PostAsync("api/position_snapshots", new JsonObject
        {
            ["account_id"] = _account,
            ["positions"] = new JsonArray([.. contracts.Select(contract => new JsonObject
            {
                ["symbol"] = contract.Symbol, ["long_position"] = Leg, ["long_today"] = Leg, ["long_avg_price"] = contract.Centre,
            })]),
        });
    }

    public async Task ArmAsync(int rules)
    {
        for (var i = 0; i < rules; i++)
        {
            var contract = contracts[i % contracts.Count];
            await client.RuleAsync(i % NearOf == 0 ? Near(contract, i) : Far(contract, i));
            Rules++;
        }
    }

    /// <summary>Unlocks what was locked, contract by contract, until somebody stops it.</summary>
    public async Task UnlockAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2));
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                foreach (var contract in contracts) await UnlockAsync(contract);
        }
        catch (OperationCanceledException)
        {
            // The soak is over.
        }
    }

    private async Task UnlockAsync(SoakContract contract)
    {
        var wish = new JsonObject { ["account_id"] = _account, ["symbol"] = contract.Symbol, ["legs"] = "short", ["short_price"] = contract.Centre + (Above * contract.PriceTick) };
        var (status, _) = await client.SendAsync("api/lock/unlock", wish.ToJsonString());
        if (status == HttpStatusCode.OK) Unlocks++;
        else Busy++;
    }

    /// <summary>Locks one lot whenever the price is above, after a rest.</summary>
    private JsonObject Near(SoakContract contract, int number) => new(Rule(contract))
    {
        ["trigger_type"] = "price",
        ["trigger_price"] = contract.Centre + ((number % 41 - 20) * contract.PriceTick),
        ["rearm"] = "cooldown",
        ["rearm_cooldown"] = RestSeconds,
        ["rearm_adds"] = true,
    };

    /// <summary>Stops, profits, trailing stops and prices that are never reached.</summary>
    private JsonObject Far(SoakContract contract, int number)
    {
        var away = (900 + (number % 1_000)) * contract.PriceTick;
        var rule = new JsonObject(Rule(contract));
        switch (number % 4)
        {
            case 0:
                rule["trigger_type"] = "price";
                rule["trigger_price"] = contract.Centre + away;
                break;
            case 1:
                rule["trigger_type"] = "price";
                rule["trigger_price"] = contract.Centre + away;
                rule["stop_loss_price"] = contract.Centre - away;
                break;
            case 2:
                rule["trigger_type"] = "profit";
                rule["profit_lock_enabled"] = true;
                rule["profit_lock_threshold"] = 1_000_000_000L + number;
                break;
            default:
                rule["trigger_type"] = "trailing";
                rule["trailing_stop"] = true;
                rule["trailing_distance"] = away;
                break;
        }

        return rule;
    }

    private IEnumerable<KeyValuePair<string, JsonNode?>> Rule(SoakContract contract) =>
    [
        new("account_id", _account), new("symbol", contract.Symbol), new("direction", "long"), new("profit_lock_ratio", 1m / Leg), new("auto_execute", true),
        new("note", string.Create(CultureInfo.InvariantCulture, $"soak {Rules}")),
    ];
}
