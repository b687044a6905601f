using QuantDash.Core.Hosting;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>strategy_triggers</c>: what strategies asked for, and its fate.</summary>
internal sealed class StrategyTriggerRow
{
    public Guid Id { get; set; }
    public Guid StrategyId { get; set; }
    public Guid RunId { get; set; }
    public required string StrategyName { get; set; }
    public int Number { get; set; }
    public Guid AccountId { get; set; }
    public required string Symbol { get; set; }
    public DateTimeOffset TriggerTime { get; set; }
    public required string TriggerCondition { get; set; }
    public decimal? TriggerPrice { get; set; }

    /// <summary>buy, sell, close or hold.</summary>
    public required string ActionType { get; set; }
    public required string Direction { get; set; }
    public required string Offset { get; set; }
    public required string Type { get; set; }
    public decimal? Price { get; set; }
    public decimal Volume { get; set; }
    public decimal FilledVolume { get; set; }
    public decimal? AveragePrice { get; set; }

    /// <summary>success, failed or pending.</summary>
    public required string ExecutionResult { get; set; }
    public bool IsTriggered { get; set; }
    public bool IsOver { get; set; }
    public string? OrderId { get; set; }
    public string? ErrorMessage { get; set; }
    public string? ProblemCode { get; set; }

    /// <summary>JSON list of texts.</summary>
    public required string ProblemValues { get; set; }
    public DateTimeOffset CreateTime { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    public static StrategyTriggerRow From(StrategySignal signal) => new()
    {
        Id = signal.Id,
        StrategyId = signal.InstanceId,
        RunId = signal.RunId,
        StrategyName = StorableText.Of(signal.StrategyName),
        Number = signal.Number,
        AccountId = signal.AccountId.Value,
        Symbol = signal.Symbol.ToString(),
        TriggerTime = signal.TriggerTime,
        TriggerCondition = StorableText.Of(signal.TriggerCondition),
        TriggerPrice = signal.TriggerPrice?.Value,
        ActionType = EnumText<SignalAction>.Of(signal.Action),
        Direction = EnumText<OrderSide>.Of(signal.Side),
        Offset = EnumText<Offset>.Of(signal.Offset),
        Type = EnumText<StrategyOrderType>.Of(signal.Type),
        Price = signal.Price?.Value,
        Volume = signal.Volume.Value,
        FilledVolume = signal.FilledVolume.Value,
        AveragePrice = signal.AverageFillPrice?.Value,
        ExecutionResult = EnumText<SignalResult>.Of(signal.Result),
        IsTriggered = signal.IsTriggered,
        IsOver = signal.IsOver,
        OrderId = signal.OrderId?.Value,
        ErrorMessage = signal.ErrorMessage is { } message ? StorableText.Of(message) : null,
        ProblemCode = signal.ProblemCode,
        ProblemValues = StrategyColumns.Write(signal.ProblemValues),
        CreateTime = signal.TriggerTime,
        UpdatedAt = signal.UpdatedAt,
    };

    public StrategySignal ToSignal() => new()
    {
        Id = Id,
        InstanceId = StrategyId,
        RunId = RunId,
        StrategyName = StrategyName,
        Number = Number,
        AccountId = new(AccountId),
        Symbol = Core.Primitives.Symbol.ParseCanonical(Symbol),
        TriggerTime = TriggerTime,
        TriggerCondition = TriggerCondition,
        TriggerPrice = TriggerPrice is { } last ? new(last) : null,
        Action = EnumText<SignalAction>.Parse(ActionType),
        Side = EnumText<OrderSide>.Parse(Direction),
        Offset = EnumText<Offset>.Parse(Offset),
        Type = EnumText<StrategyOrderType>.Parse(Type),
        Price = Price is { } price ? new(price) : null,
        Volume = new(Volume),
        FilledVolume = new(FilledVolume),
        AverageFillPrice = AveragePrice is { } average ? new(average) : null,
        Result = EnumText<SignalResult>.Parse(ExecutionResult),
        IsTriggered = IsTriggered,
        IsOver = IsOver,
        OrderId = OrderId is { } order ? new ClientOrderId(order) : null,
        ErrorMessage = ErrorMessage,
        ProblemCode = ProblemCode,
        ProblemValues = StrategyColumns.ReadList(ProblemValues),
        UpdatedAt = UpdatedAt,
    };
}
