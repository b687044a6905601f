using QuantDash.Core.Engine;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Overview;

public sealed partial class PositionsPanel
{
    private IReadOnlyList<PositionRow> _rows = [];

    protected override TimeSpan Pace => Paces.Quotes;

    protected override void Build(EngineSnapshot snapshot, AccountView? account) =>
        _rows = account is null ? [] : PositionRow.List(snapshot, account, _rows);
}
