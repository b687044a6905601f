using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Accounts;

/// <summary>Every account with its venue, source and link; new ones are made, old ones renamed, closed and opened again here, by an administrator who has shown who it is.</summary>
public sealed partial class AccountsPage
{
    private IReadOnlyList<AccountLine> _rows = [];
    private IReadOnlyList<Problem> _problems = [];
    private bool _creating;
    private Account? _renaming;
    private AccountLine? _closing;
    private Reconfirm? _reconfirm;

    [Inject] public required IAccountDesk Desk { get; init; }

    protected override TimeSpan Pace => Paces.Funds;

    protected override void Build(EngineSnapshot snapshot, AccountView? account) => _rows = AccountLine.Of(snapshot);

    private Task CreateAsync(AccountTerms terms) => _reconfirm!.RunAsync(async () =>
    {
        var created = await Desk.CreateAsync(terms);
        _problems = created.Problems;
        if (created.Succeeded) Forget();
        StateHasChanged();
    });

    private Task RenameAsync((string Name, string? ExternalId) wanted) => _reconfirm!.RunAsync(async () =>
    {
        if (_renaming is not { } account) return;
        var renamed = await Desk.RenameAsync(account.Id, wanted.Name, wanted.ExternalId);
        _problems = renamed.Problems;
        if (renamed.Succeeded) Forget();
        StateHasChanged();
    });

    private Task CloseOrReopenAsync() => _reconfirm!.RunAsync(async () =>
    {
        if (_closing is not { Account: var account }) return;
        var done = account.IsClosed ? await Desk.ReopenAsync(account.Id) : await Desk.CloseAsync(account.Id);
        _problems = done.Problems;
        if (done.Succeeded) Forget();
        StateHasChanged();
    });

    private void Forget() => (_creating, _renaming, _closing, _problems) = (false, null, null, []);
}

/// <summary>An account and what would stay behind with it.</summary>
/// <param name="HeardAt">When its bridge program was last heard; null for others, and before.</param>
/// <param name="Legs">Legs that it holds.</param>
/// <param name="Equity">Null when unknown.</param>
public sealed record AccountLine(Account Account, bool LinkUp, DateTimeOffset? HeardAt, bool Replay, int Legs, int Rules, int Orders, decimal? Equity)
{
    public static IReadOnlyList<AccountLine> Of(EngineSnapshot snapshot) =>
    [
        .. snapshot.Accounts.Select(view => new AccountLine(
            view.Account, view.LinkUp, view.Bridge?.HeardAt, view.Replay, view.Positions.Sum(p => (p.Long.Volume.IsZero ? 0 : 1) + (p.Short.Volume.IsZero ? 0 : 1)),
            snapshot.Rules.Count(rule => rule.Rule.AccountId == view.Account.Id), snapshot.Orders.Count(order => order.AccountId == view.Account.Id && !order.IsFinal), view.Funds.Equity))
            .OrderBy(line => line.Account.IsClosed),
    ];
}
