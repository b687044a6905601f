using QuantDash.Core.Engine;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Overview;

/// <summary>Armed rules, nearest to firing first.</summary>
public sealed partial class DistancePanel
{
    private IReadOnlyList<RuleRow> _rules = [];

    protected override TimeSpan Pace => Paces.Quotes;

    protected override void Build(EngineSnapshot snapshot, AccountView? account) =>
        _rules = account is null ? [] : [.. RuleRow.List(snapshot, account.Account.Id, _rules).Where(r => r.IsWatched)];
}
