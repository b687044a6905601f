using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Positions;

/// <summary>An order by hand: the consequences first, ticking along with the market, then the button. One ticket gives one order.</summary>
public sealed partial class OrderTicket
{
    /// <summary>How far beyond the opposing price the proposed limit of a lock or a close goes.</summary>
    private const int ProtectTicks = 5;

    /// <summary>A preview older than this must not be confirmed.</summary>
    private static readonly TimeSpan PreviewLimit = TimeSpan.FromSeconds(3);
    private static readonly OrderPurpose[] Purposes = [OrderPurpose.Open, OrderPurpose.Close, OrderPurpose.Lock];
    private static readonly string[] Fields = ["symbol", "volume", "price", "level"];

    private TicketWish _wish = null!;
    private OrderPreview? _preview;
    private DateTimeOffset _previewedAt;
    private IReadOnlyList<Problem> _problems = [];
    private IReadOnlyList<string> _symbols = [];
    private QuoteView? _quote;
    private PositionView? _position;
    private decimal? _mostToOpen;
    private decimal? _shownPrice;
    private decimal? _changed;
    private IReadOnlyList<TimeInForce> _offered = [];
    private bool _busy;
    private bool _sent;
    private bool _asking;
    private bool _prepared;
    private bool _reviewed;
    private int _places;

    [Parameter, EditorRequired] public required Ticket Ticket { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Inject] public required IOrderCounter Counter { get; init; }
    [Inject] public required IHeldCounter Held { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    protected override TimeSpan Pace => Paces.Locks;

    private string TitleText => Text[_wish.Purpose + "Title", _wish.Symbol.ToString(), Common[_wish.Side.ToString()]];

    private string SendLabel => _wish.IsLocal ? Text["Hold"] : Text.Count("Send" + _wish.Purpose, Figures.Volume(_preview?.PlannedVolume.Value ?? _wish.Volume));

    private bool CanSend => !_busy && !_sent && _problems.Count == 0 && (_wish.IsLocal ? _wish.Held() is not null : _preview is not null && Time.GetUtcNow() - _previewedAt < PreviewLimit);

    private IEnumerable<string> Elsewhere => _problems.Where(p => !Fields.Contains(p.Field)).Select(Sentence);

    protected override void OnInitialized()
    {
        _wish = new() { AccountId = Ticket.AccountId, Symbol = Ticket.Symbol, Purpose = Ticket.Purpose, Side = Ticket.Side };
        base.OnInitialized();
    }

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        if (snapshot.Accounts.FirstOrDefault(a => a.Account.Id == Ticket.AccountId) is not { } own) return;
        if (Ticket.IsFree) _symbols = [.. snapshot.Quotes.Where(q => q.Source == own.Account.Source).Select(q => q.Contract.Symbol.ToString())];
        _quote = snapshot.QuoteOf(own.Account, _wish.Symbol);
        _position = own.Positions.FirstOrDefault(p => p.Contract.Symbol == _wish.Symbol);
        if (_quote is not null) Prepare(_quote);
        Begin(AskAsync);
    }

    // Once, from the first quote: everything free, at the opposing price with some room.
    private void Prepare(QuoteView quote)
    {
        _places = quote.Contract.Places();
        _offered = TimesInForce.Of(quote.Contract.Product);
        if (_prepared) return;
        _prepared = true;
        var opens = _wish.Purpose == OrderPurpose.Open;
        var sells = _wish.Trades == OrderSide.Sell;
        var opposing = sells ? quote.Tick.BidTicks : quote.Tick.AskTicks;
        var room = opens ? 0 : sells ? -ProtectTicks : ProtectTicks;
        _wish = _wish with
        {
            Volume = opens ? quote.Contract.VolumeStep : Most(_wish.Purpose),
            Limit = Ticket.Price ?? quote.Contract.PriceAt((opposing > 0 ? opposing : quote.Tick.LastTicks) + room).Value,
        };
    }

    /// <summary>Null: not known yet.</summary>
    private decimal? Most(OrderPurpose purpose) =>
        purpose == OrderPurpose.Open ? _mostToOpen : TicketRoom.Of(purpose, _wish.LegFor(purpose) == Side.Long ? _position?.Long : _position?.Short);

    private async Task AskAsync()
    {
        if (_asking || _busy || _wish.IsLocal || _wish.Order() is not { } request) return;
        _asking = true;
        try
        {
            var answer = await Counter.PreviewAsync(request);
            // The wish may have changed meanwhile: an answer to the last one is not shown for this one.
            if (_wish.IsLocal || request != _wish.Order()) return;
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
        (_preview, _previewedAt) = (preview, Time.GetUtcNow());
        if (preview.Request.Purpose == OrderPurpose.Open) _mostToOpen = TicketRoom.ToOpen(preview);
        var expected = preview.ExpectedPrice?.Value;
        _shownPrice ??= expected;
        var ticks = (expected - _shownPrice) / preview.Contract.PriceTick;
        _changed = ticks is { } moved && Math.Abs(moved) >= 1 ? moved : null;
    }

    // Another wish: what was shown for the last one no longer counts. The same again, as a field says when it is left, is no other.
    private Task ChangeAsync(TicketWish wish)
    {
        if (wish == _wish) return Task.CompletedTask;
        _wish = wish;
        (_preview, _shownPrice, _changed, _reviewed, _problems) = (null, null, null, false, []);
        return AskAsync();
    }

    // A market order has no other time in force.
    private Task ChooseKindAsync(TicketKind kind) => ChangeAsync(_wish with { Kind = kind, Time = kind == TicketKind.Limit ? _wish.Time : TimeInForce.Day });

    private Task TakePriceAsync(decimal price) => ChangeAsync(_wish.IsLocal && !_wish.HasLimit ? _wish with { Level = price } : _wish with { Limit = price, Kind = _wish.HasLimit ? _wish.Kind : TicketKind.Limit });

    private Task ChoosePurposeAsync(OrderPurpose purpose) => PrepareAgainAsync(_wish with { Purpose = purpose, Side = _wish.LegFor(purpose) });

    private Task ChooseSideAsync(OrderSide side) => PrepareAgainAsync(_wish with { Purpose = OrderPurpose.Open, Side = side == OrderSide.Buy ? Side.Long : Side.Short });

    private Task ChooseContractAsync(ChangeEventArgs change) => PrepareAgainAsync(_wish with { Symbol = Symbol.ParseCanonical((string)change.Value!), Purpose = OrderPurpose.Open, Side = _wish.LegFor(OrderPurpose.Open), Level = null });

    private Task PrepareAgainAsync(TicketWish wish)
    {
        (_prepared, _mostToOpen) = (false, null);
        var changed = ChangeAsync(wish with { Volume = null, Limit = null });
        Rebuild();
        return changed;
    }

    /// <summary>At most once: events that were on their way when it was sent find it sent.</summary>
    private async Task SendAsync()
    {
        if (!CanSend) return;
        _busy = true;
        try
        {
            _problems = _wish.Held() is { } held ? (await Held.HoldAsync(held)).Problems : (await Counter.PlaceAsync(_preview!.Request)).Problems;
            _sent = _problems.Count == 0;
        }
        finally
        {
            _busy = false;
        }

        if (_sent) await OnClose.InvokeAsync();
    }

    private string Says(HeldRequest held) => Text.Count(
        "HeldSays",
        Text["SourceLast"].Value,
        HeldOrder.ImpliedBy(_wish.Trades) == HeldComparison.AtOrAbove ? "≥" : "≤",
        Figures.Number(held.Level.Value, _places),
        Words[_wish.Trades.ToString()].Value,
        Figures.Volume(held.Order.Volume.Value),
        held.Order.LimitPrice is { } limit ? Figures.Number(limit.Value, _places) : Text["AtMarket"].Value);

    private static IEnumerable<(string Name, long Ticks, decimal Volume)> Book(QuoteView quote)
    {
        if (quote.Tick.BidTicks > 0) yield return ("Bid", quote.Tick.BidTicks, quote.Tick.BidVolume);
        if (quote.Tick.AskTicks > 0) yield return ("Ask", quote.Tick.AskTicks, quote.Tick.AskVolume);
    }

    private string? SentenceFor(string field) => _problems.FirstOrDefault(p => p.Field == field) is { } problem ? Sentence(problem) : null;

    private bool IsInvalid(string field) => _problems.Any(p => p.Field == field);

    private static string Sentence(Problem problem) => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture);
}
