using QuantDash.Core.Engine;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Protection;

/// <summary>Every leg of every account: an unprotected one must not hide behind the choice in the top bar.</summary>
public sealed partial class ProtectionPage
{
    private IReadOnlyList<LegProtectionRow> _legs = [];
    private int _naked;
    private int _mute;

    protected override TimeSpan Pace => Paces.Progress;

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _legs = [.. ProtectionMap.Build(snapshot).Select(leg => LegProtectionRow.From(leg, snapshot))];
        _naked = _legs.Count(leg => !leg.Leg.Unprotected.IsZero);
        _mute = _legs.Count(leg => leg.Leg.WhyNotSend is not (null or "session_closed"));
    }
}
