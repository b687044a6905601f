using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Strategies;

/// <summary>Sets a strategy up, or changes one: it runs on with what it was started with until it is started again.</summary>
public sealed partial class StrategyDialog
{
    private const long LargestList = 64 * 1024;
    private const string ParameterPath = "parameters.";

    private static readonly string[] Fields = ["definition", "name", "account_id", "mode", "symbols", "watch_list", "bar_length", "priority", "schedule"];

    private IReadOnlyList<Problem> _problems = [];
    private StrategyDefinition? _definition;
    private bool _busy;

    [Parameter, EditorRequired] public required StrategyDraft Draft { get; set; }

    /// <summary>The one that is changed; null: a new one.</summary>
    [Parameter] public StrategyCardView? Existing { get; set; }
    [Parameter, EditorRequired] public required IReadOnlyList<Account> Accounts { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Inject] public required IStrategyControls Controls { get; init; }

    private bool TakesSeveral => _definition?.TakesOneInstrument == false;

    private IReadOnlyDictionary<string, string> ParameterErrors =>
        _problems.Where(problem => problem.Field.StartsWith(ParameterPath, StringComparison.Ordinal)).DistinctBy(problem => problem.Field).ToDictionary(problem => problem.Field[ParameterPath.Length..], Write);

    /// <summary>Problems that no field shows.</summary>
    private IEnumerable<string> Others => _problems.Where(problem => !Fields.Contains(problem.Field) && !ParameterErrors.ContainsKey(problem.Field.Replace(ParameterPath, "", StringComparison.Ordinal))).Select(Write);

    protected override void OnInitialized()
    {
        _definition = Find(Draft.Definition);
        Draft.AccountId ??= Accounts is [var first, ..] ? first.Id.Value : null;
    }

    private StrategyDefinition? Find(string name) => Controls.Definitions.FirstOrDefault(definition => definition.Name == name);

    private void Choose(ChangeEventArgs change)
    {
        Draft.Definition = change.Value as string ?? "";
        Draft.Parameters.Clear();
        (_definition, _problems) = (Find(Draft.Definition), []);
    }

    private async Task ReadListAsync(InputFileChangeEventArgs change)
    {
        if (change.File.Size > LargestList)
        {
            _problems = [new("watch_list", "too_long", LargestList)];
            return;
        }
        using var reader = new StreamReader(change.File.OpenReadStream(LargestList));
        var read = Controls.ReadWatchList(await reader.ReadToEndAsync());
        _problems = read.Problems;
        if (read.Succeeded) Draft.Symbols = string.Join(", ", read.Value);
    }

    private async Task SaveAsync()
    {
        if (_busy) return;
        _busy = true;
        try
        {
            var request = Controls.Check(Draft);
            _problems = request.Problems;
            if (request.Succeeded) _problems = (await Controls.SaveAsync(Existing?.Id, request.Value)).Problems;
            if (_problems.Count == 0) await OnClose.InvokeAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    /// <summary>All that is wrong with one field: a list has many lines.</summary>
    private string? ErrorOf(string field)
    {
        var sentences = _problems.Where(problem => problem.Field == field).Select(Write).ToList();
        return sentences.Count == 0 ? null : string.Join(' ', sentences);
    }

    private static string Write(Problem problem) => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture);
}
