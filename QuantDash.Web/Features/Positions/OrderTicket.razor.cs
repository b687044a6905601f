using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Positions;

/// <summary>Lock or close by hand: the consequences first, ticking along with the market, then the button.</summary>
public sealed partial class OrderTicket
{
    /// <summary>How far beyond the opposing price the proposed limit goes.</summary>
    private const int ProtectTicks = 5;

    /// <summary>A preview older than this must not be confirmed.</summary>
    private static readonly TimeSpan PreviewLimit = TimeSpan.FromSeconds(3);

    private OrderPreview? _preview;
    private DateTimeOffset _previewedAt;
    private IReadOnlyList<Problem> _problems = [];
    private decimal _most;
    private decimal? _volume;
    private decimal? _limit;
    private decimal? _last;
    private decimal? _shownPrice;
    private decimal? _changed;
    private bool _market;
    private TimeInForce _time;
    private IReadOnlyList<TimeInForce> _offered = [];
    private bool _busy;
    private bool _asking;
    private bool _prepared;
    private int _places;

    [Parameter, EditorRequired] public required Ticket Ticket { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Inject] public required IOrderCounter Counter { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    protected override TimeSpan Pace => Paces.Locks;

    private string TitleText => Text[Ticket.Purpose == OrderPurpose.Lock ? "LockTitle" : "CloseTitle", Ticket.Symbol.ToString(), Common[Ticket.Side.ToString()]];

    private string SendLabel => Text.Count(Ticket.Purpose == OrderPurpose.Lock ? "SendLock" : "SendClose", Figures.Volume(_preview?.PlannedVolume.Value ?? _volume));

    private bool CanSend => !_busy && _preview is not null && _problems.Count == 0 && Time.GetUtcNow() - _previewedAt < PreviewLimit;

    private IEnumerable<string> Elsewhere => _problems.Where(p => p.Field is not ("volume" or "price")).Select(Sentence);

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        if (snapshot.Accounts.FirstOrDefault(a => a.Account.Id == Ticket.AccountId) is not { } own) return;
        var quote = snapshot.QuoteOf(own.Account, Ticket.Symbol);
        var position = own.Positions.FirstOrDefault(p => p.Contract.Symbol == Ticket.Symbol);
        var leg = Ticket.Side == Side.Long ? position?.Long : position?.Short;
        _most = (Ticket.Purpose == OrderPurpose.Lock ? leg?.LockableVolume : leg?.ClosableVolume)?.Value ?? 0;
        _last = quote?.Last.Value;
        if (quote is not null) Prepare(quote);
        Begin(AskAsync);
    }

    // Once, from the first quote: everything free, at the opposing price with some room.
    private void Prepare(QuoteView quote)
    {
        _places = quote.Contract.Places();
        _offered = TimesInForce.Of(quote.Contract.Product);
        if (_prepared) return;
        _prepared = true;
        _volume = _most;
        var selling = Ticket.Side == Side.Long;
        var opposing = selling ? quote.Tick.BidTicks : quote.Tick.AskTicks;
        _limit = quote.Contract.PriceAt((opposing > 0 ? opposing : quote.Tick.LastTicks) + (selling ? -ProtectTicks : ProtectTicks)).Value;
    }

    private OrderRequest? Request() => _volume is > 0 and var volume && (_market || _limit is > 0)
        ? new(Ticket.AccountId, Ticket.Symbol, Ticket.Purpose, Ticket.Side, new(volume), _market ? OrderType.Market : OrderType.Limit, _market ? null : new Price(_limit!.Value)) { TimeInForce = _time }
        : null;

    private async Task AskAsync()
    {
        if (_asking || _busy || Request() is not { } request) return;
        _asking = true;
        try
        {
            var answer = await Counter.PreviewAsync(request);
            // The wish may have changed meanwhile: an answer to the last one is not shown for this one.
            if (request != Request()) return;
            _problems = answer.Problems;
            if (answer.Succeeded) Show(answer.Value);
        }
        finally
        {
            _asking = false;
        }

        StateHasChanged();
    }

    private void Show(OrderPreview preview)
    {
        _preview = preview;
        _previewedAt = Time.GetUtcNow();
        var expected = preview.ExpectedPrice?.Value;
        _shownPrice ??= expected;
        var ticks = (expected - _shownPrice) / preview.Contract.PriceTick;
        _changed = ticks is { } moved && Math.Abs(moved) >= 1 ? moved : null;
    }

    private Task ChangeVolumeAsync(decimal? volume)
    {
        _volume = volume;
        return AgainAsync();
    }

    private Task ChangeLimitAsync(decimal? limit)
    {
        _limit = limit;
        return AgainAsync();
    }

    private Task ChangeTypeAsync(bool market)
    {
        _market = market;
        // A market order has no other kind.
        if (market) _time = TimeInForce.Day;
        return AgainAsync();
    }

    private Task ChangeTimeAsync(TimeInForce time)
    {
        _time = time;
        return AgainAsync();
    }

    // Another wish: what was shown for the last one no longer counts.
    private Task AgainAsync()
    {
        (_preview, _shownPrice, _changed) = (null, null, null);
        return AskAsync();
    }

    private async Task SendAsync()
    {
        if (_preview is not { } preview) return;
        _busy = true;
        try
        {
            var placed = await Counter.PlaceAsync(preview.Request);
            _problems = placed.Problems;
            if (placed.Succeeded) await OnClose.InvokeAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    /// <summary>What becomes of an order that never waits.</summary>
    private string AtOnce(OrderPreview preview)
    {
        if (preview.FillsAtOnce is not { } fills) return Text["NoQuoteAtOnce"];
        var asked = Figures.Volume(preview.PlannedVolume.Value);
        var nothing = fills.IsZero ? "Nothing" : "";
        if (preview.Request.TimeInForce == TimeInForce.Fak) return Text["FakFills" + nothing, Figures.Volume(fills.Value), asked];
        var shown = preview.DisplayedVolume is { } volume ? Figures.Volume(volume.Value) : Text[fills.IsZero ? "NoVolume" : "AnyVolume"].Value;
        return Text["FokFills" + nothing, shown, asked];
    }

    private string? SentenceFor(string field) => _problems.FirstOrDefault(p => p.Field == field) is { } problem ? Sentence(problem) : null;

    private bool IsInvalid(string field) => _problems.Any(p => p.Field == field);

    private static string Sentence(Problem problem) => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture);
}
