using QuantDash.Core.Engine;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.SystemStatus;

public sealed partial class SystemPage
{
    private IReadOnlyList<SourceRow> _sources = [];
    private IReadOnlyList<RejectRow> _rejects = [];
    private decimal? _screens;
    private TapeSeverity _least;
    private string _filter = "";

    protected override TimeSpan Pace => Paces.Progress;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _sources = SourceRow.List(snapshot, _sources, Feeds);
        _screens = SourceRow.Percent(Screens.Share);
        _rejects = RejectRow.List(snapshot);
    }
}
