using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Web.Features.Strategies;

/// <summary>A strategy while a person sets it up: all texts as they were written.</summary>
public sealed class StrategyDraft
{
    private static readonly char[] Between = [' ', ',', ';', '，', '、', '；', '\n', '\r', '\t'];

    public string Name { get; set; } = "";
    public string Definition { get; set; } = "";
    public Guid? AccountId { get; set; }
    public string Symbols { get; set; } = "";
    public string BarLength { get; set; } = "1m";
    public StrategyMode Mode { get; set; } = StrategyMode.Paper;
    public decimal? Priority { get; set; } = 0m;
    public StrategyHours Hours { get; set; } = StrategyHours.Always;
    public TimeOnly? From { get; set; }
    public TimeOnly? To { get; set; }
    public bool IsActive { get; set; } = true;
    public Dictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);

    public static StrategyDraft Of(StrategyInstance instance)
    {
        var draft = new StrategyDraft
        {
            Name = instance.Name,
            Definition = instance.Definition,
            AccountId = instance.AccountId.Value,
            Symbols = string.Join(", ", instance.Symbols),
            BarLength = instance.BarLength.ToString(),
            Mode = instance.Mode,
            Priority = instance.Priority,
            Hours = instance.Schedule.Hours,
            From = instance.Schedule.From,
            To = instance.Schedule.To,
            IsActive = instance.IsActive,
        };
        foreach (var (name, text) in instance.Parameters) draft.Parameters[name] = text;
        return draft;
    }

    /// <summary>Everything that is wrong with it is named at once; what only the engine knows it says when it is asked.</summary>
    public Outcome<StrategyRequest> Read(IStrategyDefinitions definitions, Func<string, string, Outcome<Contract>> resolve)
    {
        var problems = new List<Problem>();
        var definition = definitions.Find(Definition);
        if (string.IsNullOrWhiteSpace(Name)) problems.Add(new("name", "required"));
        if (definition is null) problems.Add(new("definition", "unknown_strategy", Definition));
        if (AccountId is null) problems.Add(new("account_id", "required"));
        var symbols = ReadSymbols(definition, resolve, problems);
        if (!Timeframe.TryParse(BarLength, out var length)) problems.Add(new("bar_length", "required"));
        if (Priority is not { } priority || priority != decimal.Truncate(priority)) problems.Add(new("priority", "required"));
        if (definition is not null) problems.AddRange(definition.Bind(Parameters).Problems.Select(problem => problem with { Field = $"parameters.{problem.Field}" }));
        var schedule = ReadSchedule(problems);
        return problems.Count > 0 ? Outcome<StrategyRequest>.Failure(problems) : Outcome<StrategyRequest>.Success(new()
        {
            Name = Name.Trim(),
            Definition = Definition,
            AccountId = new(AccountId!.Value),
            Symbols = symbols,
            BarLength = length,
            Parameters = new Dictionary<string, string>(Parameters, StringComparer.Ordinal),
            Mode = Mode,
            Priority = (int)Priority!.Value,
            Schedule = schedule,
            IsActive = IsActive,
        });
    }

    private List<Symbol> ReadSymbols(StrategyDefinition? definition, Func<string, string, Outcome<Contract>> resolve, List<Problem> problems)
    {
        var symbols = new List<Symbol>();
        foreach (var text in Symbols.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var found = resolve(text, "symbols");
            problems.AddRange(found.Problems);
            if (found.Succeeded) symbols.Add(found.Value.Symbol);
        }
        if (symbols.Count == 0 && problems.TrueForAll(problem => problem.Field != "symbols")) problems.Add(new("symbols", "required"));
        if (symbols.Count > 1 && definition is { TakesOneInstrument: true }) problems.Add(new("symbols", "strategy_takes_one", symbols.Count));
        return symbols;
    }

    private StrategySchedule ReadSchedule(List<Problem> problems)
    {
        if (Hours != StrategyHours.Between) return new(Hours);
        if (From is { } from && To is { } to && from != to) return StrategySchedule.Between(from, to);
        problems.Add(new("schedule", "schedule_needs_times"));
        return StrategySchedule.Always;
    }
}
