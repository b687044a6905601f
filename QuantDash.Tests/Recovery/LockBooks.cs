using System.Globalization;
using System.Text.Json.Nodes;

namespace QuantDash.Tests.Recovery;

/// <summary>What must hold of locks, lots and triggers after every commit, and so in whatever a kill leaves behind: every lot that is locked belongs to one lock and no more than there is, and every
/// trigger is final, or in a state that the next start goes on from.</summary>
/// <param name="database">Where the books are.</param>
/// <param name="own">Which rows, as SQL.</param>
internal sealed class LockBooks(DatabaseView database, string own)
{
    private static readonly string[] FinalOrders = ["filled", "cancelled", "rejected"];

    /// <summary>0 over-locked lots: none has more locked than it has, and what is locked of it is what the locks bound, lot by lot.</summary>
    public async Task LotsShouldHoldWhatIsLockedAsync(string because)
    {
        var locks = await database.RowsAsync($"select id, status, volume, bindings, unlocking from locks where status in ('active', 'broken') and {own}");
        var bound = locks.SelectMany(row => BindingsOf(row[3])).GroupBy(binding => binding.Lot).ToDictionary(group => group.Key, group => group.Sum(binding => binding.Volume));
        foreach (var row in await database.RowsAsync($"select id, volume, locked_volume from lots where {own}"))
        {
            var (lot, volume, locked) = (IdOf(row[0]), Number(row[1]), Number(row[2]));
            locked.ShouldBeLessThanOrEqualTo(volume, $"lot {lot} has more locked than it has: {because}");
            locked.ShouldBe(bound.GetValueOrDefault(lot), $"lot {lot} is not what its locks bound: {because}");
            bound.Remove(lot);
        }

        bound.Keys.ShouldBeEmpty("locks hold lots that are gone: " + because);
        foreach (var row in locks.Where(row => (string)row[1] == "active" && row[4] is DBNull))
        {
            var sides = BindingsOf(row[3]).ToLookup(binding => binding.Side, binding => binding.Volume);
            (sides["long"].Sum(), sides["short"].Sum()).ShouldBe((Number(row[2]), Number(row[2])), $"lock {row[0]}: {because}");
        }
    }

    /// <summary>Every trigger is final or resumable, and its orders say the same: a final one has none open, an open one at most one, and what it counts as filled is what they were.</summary>
    public async Task TriggersShouldBeResumableAsync(string because)
    {
        var orders = (await database.RowsAsync($"select trigger_id, status, filled_volume from orders where trigger_id is not null and {own}")).ToLookup(row => IdOf(row[0]));
        var carriedOut = (await database.RowsAsync($"select trigger_id, lock_volume from lock_executions where {own}")).ToLookup(row => IdOf(row[0]), row => Number(row[1]));
        foreach (var row in await database.RowsAsync($"select id, execution_status, lock_volume, filled_volume from lock_triggers where {own}"))
        {
            var (id, status, volume, filled) = (IdOf(row[0]), (string)row[1], Number(row[2]), Number(row[3]));
            var (its, open) = (orders[id].ToList(), orders[id].Count(order => !FinalOrders.Contains((string)order[1])));
            var about = $"trigger {id}, {status}, {filled} of {volume}, orders {string.Join(", ", its.Select(order => $"{order[1]} {order[2]}"))}: {because}";
            its.Sum(order => Number(order[2])).ShouldBe(filled, about);
            carriedOut[id].Sum().ShouldBe(filled, about);
            carriedOut[id].Count().ShouldBeLessThanOrEqualTo(1, "carried out twice: " + about);
            IsSound(status, open, filled, volume).ShouldBeTrue(about);
        }
    }

    /// <summary>Nothing is left in between.</summary>
    public async Task TriggersShouldBeFinalAsync(string because)
    {
        (await database.ColumnAsync($"select execution_status from lock_triggers where execution_status not in ('executed', 'partially_executed', 'cancelled', 'expired') and {own}"))
            .ShouldBeEmpty("a trigger is not final: " + because);
        await TriggersShouldBeResumableAsync(because);
    }

    private static bool IsSound(string status, int openOrders, decimal filled, decimal volume) => status switch
    {
        "pending" or "waiting_confirm" => openOrders == 0,
        "executing" => openOrders <= 1,
        "executed" => openOrders == 0 && filled >= volume && filled > 0,
        "partially_executed" => openOrders == 0 && filled > 0,
        "cancelled" or "expired" => openOrders == 0 && filled == 0,
        _ => false, // A failed one waits for a person: no storm has one.
    };

    private static IEnumerable<(Guid Lot, string Side, decimal Volume)> BindingsOf(object json) =>
        JsonNode.Parse((string)json)!.AsArray().Select(one => (one!["lot_id"]!.GetValue<Guid>(), one["side"]!.GetValue<string>(), one["volume"]!.GetValue<decimal>()));

    private static Guid IdOf(object value) => value as Guid? ?? Guid.Parse((string)value);

    private static decimal Number(object value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture);
}
