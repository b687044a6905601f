using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui.Charts;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Market;

public sealed partial class MarketPage
{
    private IReadOnlyList<WatchRow> _rows = [];
    private IReadOnlyList<WatchEntry>? _watched;
    private IReadOnlyList<MainContractFound> _found = [];
    private DateTimeOffset _foundAt;
    private WatchEntry? _asked;
    private Contract? _contract;
    private QuotePanelView? _quote;
    private MainContract? _main;
    private MainContract? _next;
    private (string Entry, string Symbol) _shown = ("", "");
    private (string Old, string New)? _switched;
    private string? _unknown;
    private string? _problem;
    private string? _switching;
    private (MovableLevel Level, decimal To)? _moving;
    private PickedPrice? _picked;
    private bool _ready;
    private string _person = "";

    /// <summary>The selected contract or product, in any spelling; the first of the list without it.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "symbol")] public string? SymbolInAddress { get; set; }
    [CascadingParameter] public Task<AuthenticationState>? Session { get; set; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required IMarketDesk Desk { get; init; }

    protected override TimeSpan Pace => Paces.Quotes;

    protected override async Task OnInitializedAsync()
    {
        if (Session is not null) _person = (await Session).User.Identity?.Name ?? "";
        await Desk.ReadMainsAsync();
        _watched = await Desk.WatchedByAsync(_person);
        _ready = true;
        Rebuild();
    }

    protected override void OnParametersSet()
    {
        (_asked, _unknown) = (null, null);
        if (!string.IsNullOrWhiteSpace(SymbolInAddress))
        {
            var read = Desk.ReadEntry(SymbolInAddress);
            if (SymbolInAddress.EndsWith('@') && WatchEntry.Read(SymbolInAddress) is { } main) _asked = main;
            else if (read.Succeeded) _asked = read.Value;
            else _unknown = SymbolInAddress;
        }
        Rebuild();
    }

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        if (account is null || !_ready)
        {
            (_rows, _contract, _quote, _shown) = ([], null, null, ("", ""));
            return;
        }

        _rows = WatchRows.Build(snapshot, account.Account.Source, _watched, _asked, Desk, _rows);
        NoteSwitch(_rows.FirstOrDefault(r => r.Selected));
        var quote = snapshot.Quotes.FirstOrDefault(q => q.Source == account.Account.Source && q.Contract.Symbol.ToString() == _shown.Symbol);
        _quote = quote is null ? null : QuotePanelView.From(quote);
        LookForMain(snapshot);
    }

    /// <summary>Another contract begins with an empty view; the main contract's becoming another is said.</summary>
    private void NoteSwitch(WatchRow? selected)
    {
        var now = (selected?.Entry ?? "", selected?.Symbol ?? "");
        if (now == _shown) return;
        _switched = now.Item1 == _shown.Entry && _shown.Symbol.Length > 0 ? (_shown.Symbol, now.Item2) : null;
        (_shown, _picked) = (now, null);
        _contract = Core.Primitives.Symbol.TryParseCanonical(_shown.Symbol, out var symbol) ? Desk.Find(symbol) : null;
    }

    private void LookForMain(EngineSnapshot snapshot)
    {
        if (_contract is { } contract)
        {
            var (exchange, product) = (contract.Product.Exchange, contract.Product.Code);
            _main = Desk.Mains.On(exchange, product, Desk.TradingDayOf(exchange, product));
            _next = Desk.Mains.Latest(exchange, product) is { } latest && latest != _main ? latest : null;
        }
        if (snapshot.At - _foundAt < Paces.Funds) return;
        (_foundAt, _found) = (snapshot.At, Desk.Found(snapshot));
    }

    private void AskMove(LevelMove move)
    {
        if (MovableLevel.Read(move.Id) is { } level) _moving = (level, move.Value);
    }

    private void Select(string entry) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("symbol", entry), replace: true);

    private async Task AddAsync(string text)
    {
        var read = Desk.ReadEntry(text);
        _problem = read.Succeeded ? null : ProblemSentences.Write(read.Problems[0], CultureInfo.CurrentUICulture);
        if (!read.Succeeded) return;
        var listed = Listed();
        if (!listed.Contains(read.Value)) await WatchAsync([.. listed, read.Value]);
        Select(read.Value.ToString());
    }

    private Task RemoveAsync(string entry) => WatchAsync([.. Listed().Where(e => e.ToString() != entry)]);

    private IReadOnlyList<WatchEntry> Listed() => _watched ?? [.. _rows.Select(r => WatchEntry.Read(r.Entry)).OfType<WatchEntry>()];

    private async Task WatchAsync(IReadOnlyList<WatchEntry>? entries)
    {
        await Desk.WatchAsync(_person, entries);
        _watched = entries;
        Rebuild();
    }

    private void CloseSwitch()
    {
        (_switching, _foundAt) = (null, default);
        Rebuild();
    }
}
