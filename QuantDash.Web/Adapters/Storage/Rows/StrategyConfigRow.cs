using System.Text.Json;
using QuantDash.Core.Hosting;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>strategy_configs</c>.</summary>
internal sealed class StrategyConfigRow
{
    public Guid Id { get; set; }
    public required string StrategyName { get; set; }

    /// <summary>Everything else that was set up, as JSON.</summary>
    public required string ConfigData { get; set; }
    public bool IsActive { get; set; }
    public DateTimeOffset CreateTime { get; set; }
    public DateTimeOffset UpdateTime { get; set; }

    public static StrategyConfigRow From(StrategyInstance strategy) => new()
    {
        Id = strategy.Id,
        StrategyName = StorableText.Of(strategy.Name),
        ConfigData = JsonSerializer.Serialize(Data.Of(strategy), StrategyColumns.Json),
        IsActive = strategy.IsActive,
        CreateTime = strategy.CreatedAt,
        UpdateTime = strategy.UpdatedAt,
    };

    public StrategyInstance ToStrategy()
    {
        var data = JsonSerializer.Deserialize<Data>(ConfigData, StrategyColumns.Json) ?? throw new FormatException($"strategy_configs {Id}: config_data is null.");
        return new()
        {
            Id = Id,
            Name = StrategyName,
            Definition = data.Definition,
            AccountId = new(data.AccountId),
            Symbols = [.. data.Symbols.Select(Symbol.ParseCanonical)],
            BarLength = Timeframe.TryParse(data.BarLength, out var length) ? length : throw new FormatException($"strategy_configs {Id}: bar_length '{data.BarLength}'."),
            Parameters = data.Parameters,
            Mode = EnumText<StrategyMode>.Parse(data.Mode),
            Priority = data.Priority,
            Schedule = new(EnumText<StrategyHours>.Parse(data.Hours), StrategyColumns.ReadTime(data.From), StrategyColumns.ReadTime(data.To)),
            IsActive = IsActive,
            CreatedAt = CreateTime,
            UpdatedAt = UpdateTime,
        };
    }

    private sealed record Data
    {
        public required string Definition { get; init; }
        public required Guid AccountId { get; init; }
        public required IReadOnlyList<string> Symbols { get; init; }
        public required string BarLength { get; init; }
        public required Dictionary<string, string> Parameters { get; init; }
        public required string Mode { get; init; }
        public required int Priority { get; init; }
        public required string Hours { get; init; }
        public string? From { get; init; }
        public string? To { get; init; }

        public static Data Of(StrategyInstance strategy) => new()
        {
            Definition = strategy.Definition,
            AccountId = strategy.AccountId.Value,
            Symbols = [.. strategy.Symbols.Select(symbol => symbol.ToString())],
            BarLength = strategy.BarLength.ToString(),
            Parameters = strategy.Parameters.ToDictionary(one => StorableText.Of(one.Key), one => StorableText.Of(one.Value), StringComparer.Ordinal),
            Mode = EnumText<StrategyMode>.Of(strategy.Mode),
            Priority = strategy.Priority,
            Hours = EnumText<StrategyHours>.Of(strategy.Schedule.Hours),
            From = StrategyColumns.Write(strategy.Schedule.From),
            To = StrategyColumns.Write(strategy.Schedule.To),
        };
    }
}
