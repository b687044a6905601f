using QuantDash.Core.Engine;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Overview;

/// <summary>The armed rules that are nearest to firing, nearest first. Thousands of them five times a second would cost the trading thread its processor; the page of distances has all.</summary>
public sealed partial class DistancePanel
{
    private const int Most = 30;
    private IReadOnlyList<RuleRow> _rules = [];

    protected override TimeSpan Pace => Paces.Quotes;

    protected override void Build(EngineSnapshot snapshot, AccountView? account) =>
        _rules = account is null ? [] : [.. RuleRow.List(snapshot, account.Account.Id, _rules).Where(r => r.IsWatched)];
}
