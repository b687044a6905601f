using QuantDash.Core.Engine;
using QuantDash.Web.Live;

namespace QuantDash.Web.Shell;

/// <summary>Nobody may mistake a demo or a replay for money.</summary>
public sealed partial class AccountBand
{
    private bool _demo;
    private bool _replay;

    protected override TimeSpan Pace => Paces.Funds;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _demo = account?.Account.IsDemo ?? false;
        _replay = account?.Replay ?? false;
    }
}
