using System.Globalization;
using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Strategies;

namespace QuantDash.Web.Features.Strategies;

/// <param name="Strategy">Name of one of <c>GET /api/strategy_definitions</c>.</param>
/// <param name="BarLength">Of the bars it runs on: 1m to 12h, or 1d.</param>
/// <param name="Parameters">What differs from the defaults.</param>
/// <param name="Mode">live: to the account's venue; paper: the same, on a simulated account only; shadow: recorded and filled on paper, never sent.</param>
/// <param name="Priority">Of two that want opposite things of one contract in one account the higher has its way.</param>
/// <param name="Hours">When it may open: always, day_session, or between <c>from</c> and <c>to</c> (HH:mm on the exchange's clock).</param>
public sealed record StrategyBody(
    string Name, string Strategy, string AccountId, IReadOnlyList<string> Symbols, string BarLength = "5m", IReadOnlyList<ParameterAnswer>? Parameters = null, StrategyMode Mode = StrategyMode.Paper, int Priority = 0,
    StrategyHours Hours = StrategyHours.Always, string? From = null, string? To = null, bool IsActive = true);

/// <param name="Value">As text, or a number or a truth value.</param>
public sealed record ParameterAnswer(string Name, string Value);

public sealed record StopBody(string? Reason = null);

/// <summary>A strategy as it stands.</summary>
public sealed record StrategyAnswer(
    Guid Id, string Name, string Strategy, Guid AccountId, IReadOnlyList<string> Symbols, string BarLength, IReadOnlyList<ParameterAnswer> Parameters, StrategyMode Mode, int Priority, StrategyHours Hours, string? From, string? To,
    bool IsActive, StrategyRunState State, string? Reason, DateTimeOffset? StartedAt, bool ChangesAtRestart, int WarmUpBarsLeft, decimal? PnlToday, decimal? PnlTotal, string Currency, int SignalsToday, int OrdersToday, int FillsToday, int RefusedToday,
    IReadOnlyList<StrategyPositionAnswer> Positions, int WorkingOrders, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static StrategyAnswer Of(StrategyView view)
    {
        var strategy = view.Instance;
        return new(
            strategy.Id, strategy.Name, strategy.Definition, strategy.AccountId.Value, [.. strategy.Symbols.Select(symbol => symbol.ToString())], strategy.BarLength.ToString(),
            [.. strategy.Parameters.Select(one => new ParameterAnswer(one.Key, one.Value))], strategy.Mode, strategy.Priority, strategy.Schedule.Hours, Text(strategy.Schedule.From), Text(strategy.Schedule.To), strategy.IsActive,
            view.State, view.Run?.Reason, view.Run?.StartedAt, view.ChangesAtRestart, view.WarmUpBarsLeft, view.PnlToday, view.PnlTotal, view.Currency.Code,
            view.Counters.Signals, view.Counters.Orders, view.Counters.Fills, view.Counters.Refused, [.. view.Books.Select(StrategyPositionAnswer.Of)], view.Working.Count, strategy.CreatedAt, strategy.UpdatedAt);
    }

    private static string? Text(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>What a strategy holds of a contract.</summary>
public sealed record StrategyPositionAnswer(string Symbol, decimal LongVolume, decimal? LongAvgPrice, decimal ShortVolume, decimal? ShortAvgPrice, decimal? FloatingPnl, decimal RealisedToday, decimal FeesToday)
{
    public static StrategyPositionAnswer Of(StrategyBookView view) => new(
        view.Book.Symbol.ToString(), view.Book.Long.Volume, view.Book.Long.AverageOpenPrice, view.Book.Short.Volume, view.Book.Short.AverageOpenPrice, view.FloatingPnl, view.Book.RealisedToday, view.Book.FeesToday);
}

/// <summary>A strategy that can be run.</summary>
public sealed record DefinitionAnswer(string Name, string Description, string Version, IReadOnlyList<DefinedParameterAnswer> Parameters)
{
    public static DefinitionAnswer Of(StrategyDefinition definition) => new(
        definition.Name, definition.Description, definition.Version,
        [.. definition.Parameters.Select(one => new DefinedParameterAnswer(one.Name, one.Kind, one.DefaultText, one.Allowed, one.Unit, one.Help))]);
}

/// <param name="Allowed">In words: <c>1 to 500, step 1</c>.</param>
public sealed record DefinedParameterAnswer(string Name, ParameterKind Kind, string Default, string Allowed, string? Unit, string Help);
