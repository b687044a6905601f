using QuantDash.Core.Hosting;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Engine;

/// <summary>Whether a strategy may be set up as it is asked for: every problem at once.</summary>
internal sealed class StrategyValidation(AccountDesk accounts, IStrategyDefinitions definitions)
{
    private const int LongestName = 64;
    private const int MostSymbols = 20;
    private const int MostPriority = 1_000;

    public Outcome<AccountBook> Check(StrategyRequest request, IEnumerable<StrategyInstance> others, DateTimeOffset now)
    {
        var problems = new List<Problem>();
        Name(request.Name, others, problems);
        if (definitions.Find(request.Definition) is not { } definition) problems.Add(new("definition", "unknown_strategy", request.Definition));
        else Values(definition, request, problems);
        if (Math.Abs(request.Priority) > MostPriority) problems.Add(new("priority", "out_of_range", -MostPriority, MostPriority, request.Priority));
        if (!request.BarLength.IsSet) problems.Add(new("bar_length", "required"));
        if (request.Schedule is { Hours: StrategyHours.Between } hours && (hours.From is null || hours.To is null || hours.From == hours.To)) problems.Add(new("schedule", "schedule_needs_times"));
        var account = Account(request, now, problems);
        return problems.Count > 0 ? Outcome<AccountBook>.Failure(problems) : Outcome<AccountBook>.Success(account!);
    }

    private static void Name(string name, IEnumerable<StrategyInstance> others, List<Problem> problems)
    {
        if (string.IsNullOrWhiteSpace(name)) problems.Add(new("name", "required"));
        else if (name.Length > LongestName) problems.Add(new("name", "too_long", LongestName));
        else if (others.Any(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase))) problems.Add(new("name", "already_exists", name));
    }

    private static void Values(StrategyDefinition definition, StrategyRequest request, List<Problem> problems)
    {
        var bound = definition.Bind(request.Parameters);
        problems.AddRange(bound.Problems.Select(problem => problem with { Field = $"parameters.{problem.Field}" }));
        if (definition.TakesOneInstrument && request.Symbols.Count > 1) problems.Add(new("symbols", "strategy_takes_one", request.Symbols.Count));
        if (!bound.Succeeded || !request.BarLength.IsSet) return;
        foreach (var longer in definition.Timeframes(bound.Value).Where(timeframe => timeframe <= request.BarLength)) problems.Add(new("bar_length", "bar_length_too_long", request.BarLength, longer));
    }

    private AccountBook? Account(StrategyRequest request, DateTimeOffset now, List<Problem> problems)
    {
        if (request.Symbols.Count is 0 or > MostSymbols) problems.Add(new("symbols", "out_of_range", 1, MostSymbols, request.Symbols.Count));
        if (request.Symbols.GroupBy(symbol => symbol).FirstOrDefault(group => group.Count() > 1) is { } twice) problems.Add(new("symbols", "already_exists", twice.Key));
        if (accounts.Find(request.AccountId) is not { } account)
        {
            problems.Add(new("account_id", "unknown_account", request.AccountId));
            return null;
        }

        if (account.WhyClosed is { } closed) problems.Add(closed);
        if (request.Mode == StrategyMode.Paper && account.Account.Venue != VenueKind.Simulated) problems.Add(new("mode", "paper_needs_simulated", account.Account.Name));
        foreach (var symbol in request.Symbols)
        {
            if (accounts.Look(account, symbol, now) is not { } lane) problems.Add(new("symbols", "unknown_symbol", symbol));
            else if (lane.Contract.Currency != account.Account.Currency) problems.Add(new("symbols", "currency_differs", lane.Contract.Currency, account.Account.Currency));
        }

        return account;
    }
}
