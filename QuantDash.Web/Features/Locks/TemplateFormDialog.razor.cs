using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>The form of a template: a rule's, counted from any leg's average open price. Every wrong field says what is wrong with it.</summary>
public sealed partial class TemplateFormDialog
{
    private static readonly string[] Fields =
    [
        "name", "terms", "profit_per_lot", "target_ticks", "trailing_ticks", "trailing_distance", "trailing_activation_ticks", "stop_ticks", "ratio", "stop_lock_ratio", "confirm_timeout",
        "confirm_ticks", "protect_ticks", "max_slippage_ticks", "trigger_time", "decay_half_life", "decay_floor_per_lot", "atr_period", "rearm", "rearm_cooldown", "oco_group", "valid_until",
        "action", "opposite", "stages",
    ];

    private IReadOnlyList<Problem> _problems = [];
    private bool _busy;

    [Parameter, EditorRequired] public required TemplateDraft Draft { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }

    /// <summary>With the template as it was kept.</summary>
    [Parameter, EditorRequired] public EventCallback<LockTemplate> OnSaved { get; set; }
    [Inject] public required ILockTemplates Templates { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    private RuleDraft Terms => Draft.Terms;

    // What no field of the form can show.
    private IEnumerable<Problem> Elsewhere => _problems.Where(p => !Fields.Contains(p.Field) && !p.Field.StartsWith("stages[", StringComparison.Ordinal));

    private async Task SaveAsync()
    {
        _busy = true;
        try
        {
            var built = Draft.Build(Guid.NewGuid(), Time.GetUtcNow());
            _problems = built.Problems;
            if (!built.Succeeded) return;
            Acting.Demand(Scopes.Trade);
            await Templates.SaveAsync(built.Value);
            await OnSaved.InvokeAsync(built.Value);
        }
        finally
        {
            _busy = false;
        }
    }

    private bool Stepped(TriggerType type) => Terms.Ladder.Use && Terms.Ladder.By == type;

    private bool IsInvalid(string field) => _problems.Any(p => p.Field == field);

    private string? SentenceFor(string field) => _problems.FirstOrDefault(p => p.Field == field) is { } problem ? Sentence(problem) : null;

    // The floor is typed for one lot here.
    private string? MoreSentenceFor(string field) => SentenceFor(field == "decay_floor" ? "decay_floor_per_lot" : field);

    private static string Sentence(Problem problem) => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture);
}
