using QuantDash.Core.Engine;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Bridge;

/// <summary>Every account that trades over the trader's own program, whichever is chosen in the top bar: an unknown order must not hide behind a choice.</summary>
public sealed partial class BridgePage
{
    private IReadOnlyList<BridgeRow> _rows = [];

    protected override TimeSpan Pace => Paces.Progress;

    protected override void Build(EngineSnapshot snapshot, AccountView? account) =>
        _rows = [.. snapshot.OpenAccounts.Where(view => view.Bridge is not null).Select(view => BridgeRow.From(view, view.Bridge!, snapshot))];
}
