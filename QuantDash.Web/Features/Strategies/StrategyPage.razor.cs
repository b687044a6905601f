using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Strategies;

/// <summary>One strategy: its card, its signals on the candles of the day, its records, runs and log.</summary>
public sealed partial class StrategyPage
{
    private IReadOnlyList<StrategyCardView> _cards = [];
    private IReadOnlyList<Account> _accounts = [];
    private StrategyDialogs _dialogs = null!;

    [Parameter] public Guid Id { get; set; }
    [Inject] public required NavigationManager Navigation { get; init; }

    protected override TimeSpan Pace => Paces.Quotes;

    protected override void OnParametersSet() => Rebuild();

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _accounts = [.. snapshot.Accounts.Select(view => view.Account)];
        _cards = [.. snapshot.Strategies.Where(view => view.Instance.Id == Id).Select(view => StrategyCardView.Of(snapshot, view))];
    }

    private void AfterDeed(StrategyDeed deed)
    {
        if (deed == StrategyDeed.Delete) Navigation.NavigateTo("/strategy");
    }
}
