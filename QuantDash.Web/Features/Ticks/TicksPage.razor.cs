using Microsoft.AspNetCore.Components;
using QuantDash.Core.Markets;

namespace QuantDash.Web.Features.Ticks;

/// <summary>Stored ticks: what there is, and how more comes in.</summary>
public sealed partial class TicksPage
{
    private IReadOnlyList<TickDay> _days = [];

    [Inject] public required ITickArchive Archive { get; init; }
    [Inject] public required TickImports Imports { get; init; }

    private Live.LiveState<IReadOnlyList<TickImportProgress>> Board => Imports.Board;

    protected override void OnInitialized() => Reread();

    private void Reread() => _days = [.. Archive.Days().OrderByDescending(d => d.TradingDay).ThenBy(d => d.Source.Value, StringComparer.Ordinal).ThenBy(d => d.Symbol.ToString(), StringComparer.Ordinal)];
}
