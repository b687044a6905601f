using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Limits;

/// <summary>What every account is held to, how much of it is used and what is left; an administrator changes it.</summary>
public sealed partial class LimitsPage
{
    private IReadOnlyList<LimitsCard> _cards = [];
    private IReadOnlyList<Problem> _problems = [];
    private LimitsCard? _editing;
    private LimitsForm? _form;
    private Reconfirm? _reconfirm;

    [Inject] public required ILimitsDesk Desk { get; init; }

    protected override TimeSpan Pace => Paces.Funds;

    protected override void Build(EngineSnapshot snapshot, AccountView? account) => _cards = LimitsCard.Of(snapshot);

    private void Begin(LimitsCard card) => (_editing, _form, _problems) = (card, LimitsForm.Of(card.Risk), []);

    private Task SaveAsync() => SetAsync(card => Desk.Check(card.Account.Id, _form!));

    private Task ResetAsync() => SetAsync(card => Outcome<LimitsRequest>.Success(new(card.Account.Id, null, new Dictionary<Symbol, RiskLimits>())));

    private Task SetAsync(Func<LimitsCard, Outcome<LimitsRequest>> read) => _reconfirm!.RunAsync(async () =>
    {
        if (_editing is not { } card) return;
        var request = read(card);
        _problems = request.Problems;
        if (request.Succeeded) _problems = (await Desk.SetAsync(request.Value)).Problems;
        if (_problems.Count == 0) Forget();
        StateHasChanged();
    });

    private void Forget() => (_editing, _form, _problems) = (null, null, []);
}
