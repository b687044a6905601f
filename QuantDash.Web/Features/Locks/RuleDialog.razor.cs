using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>The form of a rule. Every wrong field says what is wrong with it; a rule that would fire at once is asked about once more.</summary>
public sealed partial class RuleDialog
{
    private static readonly string[] Fields =
    [
        "symbol", "trigger_type", "profit_lock_threshold", "trigger_price", "trailing_distance", "trailing_activation", "stop_loss_price", "profit_lock_ratio",
        "stop_lock_ratio", "confirm_timeout", "confirm_ticks", "protect_ticks", "max_slippage_ticks", "trigger_time", "decay_half_life", "decay_floor", "atr_period",
        "rearm", "rearm_cooldown", "oco_group", "valid_until", "action", "opposite", "stages", "price_source", "lock_id", "relock_price", "relock_ticks",
    ];

    private IReadOnlyList<Problem> _problems = [];
    private FiresAtOnce? _warning;
    private bool _busy;

    [Parameter, EditorRequired] public required RuleDraft Draft { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Inject] public required ILockDesk Desk { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    private AccountView? Account => Feed.Current.Accounts.FirstOrDefault(a => a.Account.Id == Draft.AccountId);

    private Contract? Contract => Feed.Current.Quotes.FirstOrDefault(q => q.Contract.Symbol.ToString() == Draft.Symbol.Trim())?.Contract;

    private LegView? Leg => Account?.Positions.FirstOrDefault(p => p.Contract.Symbol.ToString() == Draft.Symbol.Trim()) is { } position
        ? Draft.Direction == Side.Long ? position.Long : position.Short
        : null;

    private IEnumerable<string> Symbols => Account is not { } account
        ? []
        : Feed.Current.Quotes.Where(q => q.Source == account.Account.Source).Select(q => q.Contract.Symbol.ToString())
            .Union(account.Positions.Select(p => p.Contract.Symbol.ToString())).Order(StringComparer.Ordinal);

    private string Title => (Draft.Unlocks, Draft.Id) switch
    {
        (true, null) => "NewUnlockRule",
        (true, _) => "EditUnlockRule",
        (false, null) => "NewRule",
        _ => "EditRule",
    };

    private string SaveLabel => Text[_warning is not null ? "SaveAndFire" : Draft.Id is null ? "SaveNew" : "SaveChanges"];

    // What no field of the form can show.
    private IEnumerable<string> Elsewhere => _problems.Where(p => !Fields.Contains(p.Field) && !p.Field.StartsWith("stages[", StringComparison.Ordinal)).Select(Sentence);

    private string NowLine
    {
        get
        {
            if (Account is not { } account || Contract is not { } contract) return Text["NowUnknown"];
            var quote = Feed.Current.QuoteOf(account.Account, contract.Symbol);
            var leg = Leg;
            return Text.Count(
                "NowLine", Figures.Number(quote?.Last.Value, contract.Places()), Figures.Volume(leg?.Volume.Value ?? 0), Figures.Number(leg?.AverageOpenPrice?.Value, contract.Places()),
                Figures.Number(leg?.FloatingPnl, 0, signed: true), contract.PriceTick.ToString("0.########", CultureInfo.CurrentCulture));
        }
    }

    private async Task SaveAsync()
    {
        _busy = true;
        try
        {
            var built = Edited();
            _problems = built.Problems;
            if (!built.Succeeded) return;
            if (_warning is null && Account is { } account && (_warning = FiresAtOnce.Check(built.Value, Feed.Current, account)) is not null) return;
            var saved = await Desk.SaveAsync(built.Value);
            _problems = saved.Problems;
            if (saved.Succeeded) await OnClose.InvokeAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private Outcome<LockRule> Edited() => RuleDraftCheck.Build(Draft, Contract, Guid.NewGuid(), Time.GetUtcNow(), Leg?.AverageOpenPrice);

    private string? SentenceFor(string field) => _problems.FirstOrDefault(p => p.Field == field) is { } problem ? Sentence(problem) : null;

    private static string Sentence(Problem problem) => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture);

    private bool IsInvalid(string field) => _problems.Any(p => p.Field == field);

    private string Invalid(string field) => IsInvalid(field) ? "true" : "false";

    private bool Stepped(TriggerType type) => Draft.Ladder.Use && Draft.Ladder.By == type;

    private static string Pressed(bool on) => on ? "true" : "false";
}
