using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Web.Live;

namespace QuantDash.Web.Shell;

public sealed partial class AttentionStrip
{
    private IReadOnlyList<AttentionItem> _items = [];

    [Inject] public required IDurableJournal Journal { get; init; }
    [Inject] public required ReadinessBoard Ready { get; init; }

    protected override TimeSpan Pace => Paces.Locks;

    protected override void Build(EngineSnapshot snapshot, AccountView? account) => _items = AttentionView.From(snapshot, Journal.Health, Ready.Of(snapshot));
}
