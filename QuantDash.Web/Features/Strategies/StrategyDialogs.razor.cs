using Microsoft.AspNetCore.Components;
using QuantDash.Core.Positions;

namespace QuantDash.Web.Features.Strategies;

/// <summary>The dialogs of the strategy pages: setting one up or changing it, and the question before something is done with it.</summary>
public sealed partial class StrategyDialogs
{
    private StrategyDraft? _draft;
    private StrategyCardView? _existing;
    private (StrategyCardView Card, StrategyDeed Deed)? _asked;

    [Parameter, EditorRequired] public required IReadOnlyList<Account> Accounts { get; set; }

    /// <summary>As they stand now: the numbers of a question go on moving.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<StrategyCardView> Cards { get; set; }

    /// <summary>Something was done with one; it may be gone.</summary>
    [Parameter] public EventCallback<StrategyDeed> OnDone { get; set; }

    public void Create(string definition, Account? account) => Show(new() { Definition = definition, AccountId = account?.Id.Value }, null);

    public void Change(StrategyCardView card) => Show(StrategyDraft.Of(card.Instance), card);

    public void Ask(StrategyCardView card, StrategyDeed deed) => Show(null, null, (card, deed));

    private void Show(StrategyDraft? draft, StrategyCardView? existing, (StrategyCardView, StrategyDeed)? asked = null)
    {
        (_draft, _existing, _asked) = (draft, existing, asked);
        StateHasChanged();
    }

    private void Close() => Show(null, null);

    private async Task CloseAsync(bool isDone)
    {
        var deed = _asked?.Deed;
        Close();
        if (isDone && deed is { } done) await OnDone.InvokeAsync(done);
    }
}
