using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Backtests;

/// <summary>Chooses strategy, bars and assumptions, and starts; the parameters' fields are made of the strategy's own declaration.</summary>
public sealed partial class BacktestForm
{
    private const string ParameterPrefix = "parameters.";

    private static readonly string[] Fields =
    [
        "strategy", "symbol", "symbols", "source", "timeframe", "from", "to", "cash", "commission", "slippage_amount", "volume_share", "adjustment", "seed", "sweep", "sweep.x", "sweep.y",
        "on", "latency_ms", "jitter_ms", "sessions_always", "funding_rate", "funding",
    ];

    private readonly BacktestDraft _draft = new();
    private IReadOnlyList<StrategyDefinition> _strategies = [];
    private IReadOnlyList<SeriesChoice> _choices = [];
    private IReadOnlyList<Problem> _problems = [];
    private bool _hasAny;
    private bool _busy;

    [Inject] public required IStrategyDefinitions Strategies { get; init; }
    [Inject] public required SeriesChoices Stored { get; init; }
    [Inject] public required BacktestDesk Desk { get; init; }

    private StrategyDefinition? Chosen => _strategies.FirstOrDefault(one => one.Name == _draft.Strategy);

    private bool IsOverTicks => _draft.On == BacktestBasis.Ticks;

    private bool Sweeps => _draft.Sweeps && !IsOverTicks;

    private SeriesChoice? First => _choices.FirstOrDefault(choice => _draft.Series.Contains(choice.Key));

    /// <summary>Those that every chosen series can be made to.</summary>
    private IEnumerable<string> Timeframes => _choices.Where(choice => _draft.Series.Contains(choice.Key)).Select(choice => choice.Timeframes.Select(timeframe => timeframe.ToString()))
        .Aggregate((IEnumerable<string>?)null, (all, own) => all is null ? own : all.Intersect(own)) ?? [];

    private IEnumerable<StrategyParameter> Numbers => Chosen?.Parameters.Where(parameter => parameter.Kind is ParameterKind.Integer or ParameterKind.Decimal) ?? [];

    private IEnumerable<string> Elsewhere => _problems.Where(problem => !Fields.Contains(problem.Field) && !IsParameter(problem.Field)).Select(Sentence).Distinct();

    protected override void OnInitialized()
    {
        _strategies = Strategies.All;
        if (_strategies is [var first, ..]) _draft.Choose(first);
        Look(BacktestBasis.Bars);
        if (_choices.Count == 0) Look(BacktestBasis.Ticks);
        _hasAny = _choices.Count > 0;
        if (!_hasAny) Look(BacktestBasis.Bars);
    }

    private void OnBasis(ChangeEventArgs change)
    {
        if (Enum.TryParse<BacktestBasis>(change.Value as string, out var basis)) Look(basis);
        _problems = [];
    }

    private void Look(BacktestBasis basis)
    {
        _draft.On = basis;
        _choices = Stored.Of(basis);
        _draft.Series = _choices.Count > 0 ? [_choices[0].Key] : [];
        OnSeries();
    }

    private void Choose(ChangeEventArgs change)
    {
        if (_strategies.FirstOrDefault(one => one.Name == change.Value as string) is { } chosen) _draft.Choose(chosen);
        _problems = [];
    }

    private void OnSeries()
    {
        if (!Timeframes.Contains(_draft.Timeframe)) _draft.Timeframe = Timeframes.FirstOrDefault() ?? "";
    }

    private async Task StartAsync()
    {
        if (_busy) return;
        _busy = true;
        try
        {
            var requests = _draft.Requests(_choices);
            _problems = requests.Count == 0 ? [new("symbol", "required")] : (await Desk.StartAsync(requests)).Problems;
        }
        finally
        {
            _busy = false;
        }
    }

    private string? ErrorOf(string field) => _problems.FirstOrDefault(problem => problem.Field == field || (field == "symbols" && problem.Field.StartsWith("symbols[", StringComparison.Ordinal))) is { } problem ? Sentence(problem) : null;

    private Dictionary<string, string> ParameterErrors(StrategyDefinition definition) => definition.Parameters
        .Select(parameter => (parameter.Name, Error: ErrorOf(ParameterPrefix + parameter.Name))).Where(one => one.Error is not null).ToDictionary(one => one.Name, one => one.Error!, StringComparer.Ordinal);

    /// <summary>Of a parameter that has its field.</summary>
    private bool IsParameter(string field) => Chosen?.Parameters.Any(parameter => field == ParameterPrefix + parameter.Name) == true;

    private static string Sentence(Problem problem) => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture);

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
