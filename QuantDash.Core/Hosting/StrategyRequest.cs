using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Hosting;

/// <summary>A strategy as it is asked for, all of it: what <see cref="StrategyInstance"/> becomes.</summary>
public sealed record StrategyRequest
{
    public required string Name { get; init; }
    public required string Definition { get; init; }
    public required AccountId AccountId { get; init; }
    public required IReadOnlyList<Symbol> Symbols { get; init; }
    public required Timeframe BarLength { get; init; }
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
    public StrategyMode Mode { get; init; } = StrategyMode.Paper;
    public int Priority { get; init; }
    public StrategySchedule Schedule { get; init; } = StrategySchedule.Always;
    public bool IsActive { get; init; } = true;

    /// <summary>What asks for a strategy as it is.</summary>
    public static StrategyRequest Of(StrategyInstance instance) => new()
    {
        Name = instance.Name,
        Definition = instance.Definition,
        AccountId = instance.AccountId,
        Symbols = instance.Symbols,
        BarLength = instance.BarLength,
        Parameters = instance.Parameters,
        Mode = instance.Mode,
        Priority = instance.Priority,
        Schedule = instance.Schedule,
        IsActive = instance.IsActive,
    };
}
