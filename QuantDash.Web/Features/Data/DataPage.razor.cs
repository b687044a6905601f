using Microsoft.AspNetCore.Components;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Quality;

namespace QuantDash.Web.Features.Data;

/// <summary>Stored bars: what there is, what is missing and what is doubtful. Series are looked through one after the other once the page is there.</summary>
public sealed partial class DataPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<BarKey, BarQualityReport> _reports = [];
    private BarCatalogue _catalogue = new([], []);
    private BarKey? _shown;
    private CalendarCard? _calendars;

    [Inject] public required IBarArchive Archive { get; init; }
    [Inject] public required SeriesCheck Check { get; init; }

    private IEnumerable<CatalogueRow> Rows => _catalogue.Series.Select(stored => CatalogueRow.Of(stored, _reports.GetValueOrDefault(stored.Key)));

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnInitialized() => _catalogue = Archive.Catalogue();

    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? LookThroughAsync() : Task.CompletedTask;

    private Task RereadAsync()
    {
        _catalogue = Archive.Catalogue();
        _reports.Clear();
        return LookThroughAsync();
    }

    /// <summary>Reading millions of bars takes longer than a page may wait.</summary>
    private async Task LookThroughAsync()
    {
        var stop = _gone.Token;
        var catalogue = _catalogue;
        foreach (var stored in catalogue.Series)
        {
            var report = await Task.Run(() => ReportOf(stored.Key), CancellationToken.None);
            if (stop.IsCancellationRequested || catalogue != _catalogue) return;
            if (report is null) continue;
            _reports[stored.Key] = report;
            StateHasChanged();
        }
    }

    /// <summary>Null: gone or damaged meanwhile; reading the catalogue again tells.</summary>
    private BarQualityReport? ReportOf(BarKey key)
    {
        try
        {
            return Check.Run(key);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            return null;
        }
    }
}
