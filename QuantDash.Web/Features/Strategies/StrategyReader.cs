using System.Globalization;
using System.Text.Json;
using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Strategies;

/// <summary>Reads a strategy as a program asks for it; what is not given stays as it was, or as it usually is.</summary>
internal sealed class StrategyReader(JsonFields body, EngineSnapshot snapshot, ContractCatalog catalog, TimeProvider clock)
{
    private const int MostSymbols = 20;
    private const int MostPriority = 1_000;

    public StrategyRequest Read(StrategyRequest? before)
    {
        var account = body.Account(snapshot);
        var length = Length() ?? before?.BarLength ?? Timeframe.Minutes(5);
        return new()
        {
            Name = body.Text("name", 64) ?? before?.Name ?? "",
            Definition = body.Text("strategy", 64) ?? before?.Definition ?? "",
            AccountId = account?.Account.Id ?? before?.AccountId ?? default,
            Symbols = Symbols(account) ?? before?.Symbols ?? [],
            BarLength = length,
            Parameters = Parameters() ?? before?.Parameters ?? new Dictionary<string, string>(StringComparer.Ordinal),
            Mode = body.Choice<StrategyMode>("mode") ?? before?.Mode ?? StrategyMode.Paper,
            Priority = body.Integer("priority", -MostPriority, MostPriority) ?? before?.Priority ?? 0,
            Schedule = Schedule(before?.Schedule ?? StrategySchedule.Always),
            IsActive = body.Flag("is_active") ?? before?.IsActive ?? true,
        };
    }

    private Timeframe? Length()
    {
        if (body.Text("bar_length", 8) is not { } text) return null;
        if (Timeframe.TryParse(text, out var length)) return length;
        body.Refuse("bar_length", "not_allowed", text, string.Join(", ", Timeframe.Common));
        return null;
    }

    private List<Symbol>? Symbols(AccountView? account)
    {
        if (body.Texts("symbols", MostSymbols) is not { } texts) return null;
        var (day, symbols) = (TradingFields.DayOf(snapshot, account, clock.GetUtcNow()), new List<Symbol>());
        foreach (var text in texts)
        {
            var found = catalog.Resolve(text, day, "symbols");
            if (found.Succeeded) symbols.Add(found.Value.Symbol);
            else body.Problems.AddRange(found.Problems);
        }

        return symbols;
    }

    /// <summary>Numbers, words and yes or no, as the program writes them.</summary>
    private Dictionary<string, string>? Parameters()
    {
        if (body.Elements("parameters", 100) is not { } entries) return null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("name", out var name) && entry.TryGetProperty("value", out var value) && name.ValueKind == JsonValueKind.String && JsonText.Read(name) is { } known && TextOf(value) is { } text)
                values[known] = text;
            else body.Refuse("parameters", "strategy_parameter", entry.GetRawText());
        }

        return values;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonText.Read(value),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private StrategySchedule Schedule(StrategySchedule before)
    {
        if (body.Choice<StrategyHours>("hours") is not { } hours) return before;
        return hours == StrategyHours.Between ? new(hours, Time("from"), Time("to")) : new(hours);
    }

    private TimeOnly? Time(string name)
    {
        if (body.Text(name, 8) is not { } text) return null;
        if (TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        body.Refuse(name, "not_a_time", text);
        return null;
    }
}
