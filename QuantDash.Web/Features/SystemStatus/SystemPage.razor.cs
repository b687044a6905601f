using QuantDash.Core.Engine;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.SystemStatus;

public sealed partial class SystemPage
{
    private IReadOnlyList<SourceRow> _sources = [];
    private IReadOnlyList<RejectRow> _rejects = [];
    private TapeSeverity _least;
    private string _filter = "";

    protected override TimeSpan Pace => Paces.Progress;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _sources = SourceRow.List(snapshot, _sources);
        _rejects = RejectRow.List(snapshot);
    }
}
