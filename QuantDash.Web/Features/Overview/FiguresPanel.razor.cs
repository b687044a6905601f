using QuantDash.Core.Engine;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Overview;

public sealed partial class FiguresPanel
{
    private FiguresView? _figures;

    protected override TimeSpan Pace => Paces.Funds;

    protected override void Build(EngineSnapshot snapshot, AccountView? account) =>
        _figures = account is null ? null : FiguresView.From(snapshot, account);
}
