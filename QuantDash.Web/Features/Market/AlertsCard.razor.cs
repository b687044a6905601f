using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Market;

/// <summary>Price alerts of one contract: a form and what waits.</summary>
public sealed partial class AlertsCard
{
    private IReadOnlyList<AlertRow> _rows = [];
    private SourceName? _source;
    private decimal? _last;
    private PickedPrice? _taken;
    private decimal? _price;
    private AlertDirection _direction;
    private string? _note;
    private string? _problem;
    private bool _repeats;
    private bool _saving;

    [Parameter, EditorRequired] public required Contract Contract { get; set; }

    /// <summary>A price that was picked on the chart: it fills the form.</summary>
    [Parameter] public PickedPrice? Picked { get; set; }
    [Inject] public required IMarketDesk Desk { get; init; }

    protected override TimeSpan Pace => Paces.Quotes;

    protected override void OnParametersSet()
    {
        Rebuild();
        if (Picked is null || ReferenceEquals(Picked, _taken)) return;
        (_taken, _price) = (Picked, Picked.Price);
        _direction = Picked.Price < _last ? AlertDirection.Below : AlertDirection.Above;
    }

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _source = account?.Account.Source;
        var quote = account is null ? null : snapshot.QuoteOf(account.Account, Contract.Symbol);
        _last = quote?.Last.Value;
        _rows = RowReuse.Keep(_rows, snapshot.Alerts.Where(a => a.Source == _source && a.Symbol == Contract.Symbol).Select(a => AlertRow.From(a, Contract, quote?.Tick.LastTicks)), row => row.Id);
    }

    private async Task AddAsync()
    {
        if (_saving || _price is not { } price || _source is not { } source) return;
        _saving = true;
        try
        {
            var created = await Desk.CreateAlertAsync(new(source, Contract.Symbol, new(price), _direction, _repeats, string.IsNullOrWhiteSpace(_note) ? null : _note.Trim()));
            _problem = created.Succeeded ? null : ProblemSentences.Write(created.Problems[0], CultureInfo.CurrentUICulture);
            if (created.Succeeded) (_price, _note) = (null, null);
        }
        finally
        {
            _saving = false;
        }
    }
}

/// <summary>A price that was picked on the chart; another object each time.</summary>
public sealed class PickedPrice(decimal price)
{
    public decimal Price => price;
}

/// <summary>A price alert, ready to draw.</summary>
public sealed record AlertRow(Guid Id, AlertDirection Direction, decimal Level, int Places, AlertState State, DateTimeOffset? ToldAt, string? Note, long? DistanceTicks)
{
    public static AlertRow From(PriceAlert alert, Contract contract, long? last) => new(
        alert.Id, alert.Direction, alert.Level.Value, contract.Places(), alert.State, alert.ToldAt, alert.Note,
        alert.State == AlertState.Armed && last is { } now && contract.TryTicks(alert.Level, out var level) ? Math.Abs(level - now) : null);
}
