using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Positions;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Strategies;

/// <summary>All strategies that are set up, as cards, and what they asked for.</summary>
public sealed partial class StrategiesPage
{
    private IReadOnlyList<StrategyCardView> _cards = [];
    private IReadOnlyList<Account> _accounts = [];
    private StrategyDialogs _dialogs = null!;
    private int _running;

    [Inject] public required IStrategyControls Controls { get; init; }

    protected override TimeSpan Pace => Paces.Quotes;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _cards = StrategyCardView.Of(snapshot);
        _accounts = [.. snapshot.Accounts.Select(view => view.Account)];
        _running = _cards.Count(card => card.State is StrategyRunState.Running or StrategyRunState.WarmingUp or StrategyRunState.Paused);
    }

    private void Open(string? definition) => _dialogs.Create(definition ?? Controls.Definitions[0].Name, Account?.Account);

    private void Change(StrategyCardView card) => _dialogs.Change(card);

    private void Ask(StrategyCardView card, StrategyDeed deed) => _dialogs.Ask(card, deed);
}
