using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Which kept comparisons are wanted; null: any. <see cref="Since"/> is inclusive, <see cref="Before"/> exclusive.</summary>
public sealed record ReconciliationFilter
{
    public AccountId? AccountId { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Before { get; init; }
}

/// <summary>Kept comparisons, newest first, from the database.</summary>
public interface IReconciliationHistory
{
    Task<Page<ReconciliationRecord>> RunsAsync(ReconciliationFilter filter, PageRequest page, CancellationToken stop = default);

    /// <summary>Removes about <paramref name="most"/> of those that ended before <paramref name="before"/>, the oldest first; returns how many, 0 when none is left.</summary>
    Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken stop = default);
}
