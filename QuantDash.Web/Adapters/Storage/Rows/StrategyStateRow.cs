using System.Text.Json;
using QuantDash.Core.Hosting;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>strategy_states</c>: what a strategy is given back after a restart.</summary>
internal sealed class StrategyStateRow
{
    public Guid StrategyId { get; set; }

    /// <summary>Its own notes, JSON of names and values.</summary>
    public required string Notes { get; set; }

    /// <summary>JSON: name and due time of each.</summary>
    public required string Timers { get; set; }
    public DateOnly? TradingDay { get; set; }
    public int Signals { get; set; }
    public int Orders { get; set; }
    public int Fills { get; set; }
    public int Refused { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    public static StrategyStateRow From(StrategyMemory memory) => new()
    {
        StrategyId = memory.InstanceId,
        Notes = StrategyColumns.Write(memory.Notes),
        Timers = JsonSerializer.Serialize(memory.Timers.Select(timer => timer with { Name = StorableText.Of(timer.Name) }), StrategyColumns.Json),
        TradingDay = memory.Counters.Day,
        Signals = memory.Counters.Signals,
        Orders = memory.Counters.Orders,
        Fills = memory.Counters.Fills,
        Refused = memory.Counters.Refused,
        UpdatedAt = memory.UpdatedAt,
    };

    public StrategyMemory ToMemory() => new()
    {
        InstanceId = StrategyId,
        Notes = StrategyColumns.Read(Notes),
        Timers = JsonSerializer.Deserialize<StrategyTimer[]>(Timers, StrategyColumns.Json) ?? [],
        Counters = new(TradingDay, Signals, Orders, Fills, Refused),
        UpdatedAt = UpdatedAt,
    };
}
