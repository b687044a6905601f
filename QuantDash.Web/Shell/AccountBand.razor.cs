using QuantDash.Core.Engine;
using QuantDash.Web.Live;

namespace QuantDash.Web.Shell;

/// <summary>Nobody may mistake a demo or a replay for money, or wait for anything of a closed account.</summary>
public sealed partial class AccountBand
{
    private bool _demo;
    private bool _replay;
    private DateTimeOffset? _closed;

    protected override TimeSpan Pace => Paces.Funds;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _demo = account?.Account.IsDemo ?? false;
        _replay = account?.Replay ?? false;
        _closed = account?.Account.ClosedAt;
    }
}
