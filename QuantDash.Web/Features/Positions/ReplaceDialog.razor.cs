using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Positions;

/// <summary>Another price, or fewer lots, for a working order: what is cancelled and what follows, ticking along with the order, then the button.</summary>
public sealed partial class ReplaceDialog
{
    /// <summary>A preview older than this must not be confirmed.</summary>
    private static readonly TimeSpan PreviewLimit = TimeSpan.FromSeconds(3);

    private ReplacePreview? _preview;
    private DateTimeOffset _previewedAt;
    private IReadOnlyList<Problem> _problems = [];
    private OrderRow _now = null!;
    private decimal? _price;
    private decimal? _volume;
    private decimal? _last;
    private bool _isGone;
    private bool _busy;
    private bool _sent;
    private bool _asking;

    [Parameter, EditorRequired] public required OrderRow Order { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }

    /// <summary>It was sent: what is to be told of it.</summary>
    [Parameter, EditorRequired] public EventCallback<string> OnSent { get; set; }
    [Inject] public required IOrderCounter Counter { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    protected override TimeSpan Pace => Paces.Locks;

    private string Side => $"{Words[Order.Side.ToString()].Value} {Words["Offset" + Order.Offset].Value}";

    private bool IsUnchanged => _price == _now.LimitPrice && (_volume ?? _now.Remaining) == _now.Remaining;

    private bool CanSend => !_busy && !_sent && !_isGone && _preview is not null && _problems.Count == 0 && Time.GetUtcNow() - _previewedAt < PreviewLimit;

    private IEnumerable<string> Elsewhere => _problems.Where(problem => problem.Field is not ("price" or "volume")).Select(Sentence);

    protected override void OnInitialized()
    {
        _now = Order;
        _price = Order.LimitPrice;
        base.OnInitialized();
    }

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        _isGone = snapshot.Orders.FirstOrDefault(order => order.Id == Order.Id) is not { } working || !(_now = OrderRow.From(working, snapshot)).CanChange;
        if (_isGone) _preview = null;
        if (snapshot.Accounts.FirstOrDefault(view => view.Account.Id == Order.Account) is { } own)
            _last = snapshot.Quotes.FirstOrDefault(quote => quote.Source == own.Account.Source && quote.Contract.Symbol.ToString() == Order.Symbol)?.Last.Value;
        if (!_isGone) Begin(AskAsync);
    }

    private async Task AskAsync()
    {
        if (_asking || _busy || IsUnchanged || Wish() is not { } wish) return;
        _asking = true;
        try
        {
            var answer = await Counter.PreviewReplaceAsync(Order.Id, wish.Price, wish.Most);
            // The wish may have changed meanwhile: an answer to the last one is not shown for this one.
            if (wish != Wish() || _isGone) return;
            _problems = answer.Problems;
            if (answer.Succeeded) (_preview, _previewedAt) = (answer.Value, Time.GetUtcNow());
            else _preview = null;
        }
        finally
        {
            _asking = false;
        }

        StateHasChanged();
    }

    private (Price Price, Volume? Most)? Wish() =>
        _price is { } price && _volume is null or >= 0 ? (new Price(price), _volume is { } lots ? new Volume(lots) : null) : null;

    private void ChangePrice(decimal? price)
    {
        _price = price;
        Again();
    }

    private void ChangeVolume(decimal? volume)
    {
        _volume = volume == _now.Remaining ? null : volume;
        Again();
    }

    // Another wish: what was shown for the last one no longer counts.
    private void Again()
    {
        (_preview, _problems) = (null, _price is null ? [new("price", "required")] : _volume < 0 ? [new("volume", "negative", _volume)] : []);
        Rebuild();
    }

    private async Task SendAsync()
    {
        if (_preview is not { } shown || Wish() is not { } wish || !CanSend) return;
        _busy = true;
        try
        {
            var sent = await Counter.ReplaceAsync(Order.Id, wish.Price, wish.Most);
            _problems = sent.Problems;
            _sent = sent.Succeeded;
            if (_sent)
                await OnSent.InvokeAsync(Text.Count("ChangeSent", Order.Symbol, Figures.Volume(shown.Volume.Value), Figures.Number(shown.Price.Value, Order.Places)));
            else _preview = null;
        }
        finally
        {
            _busy = false;
        }
    }

    private string? SentenceFor(string field) => _problems.FirstOrDefault(problem => problem.Field == field) is { } wrong ? Sentence(wrong) : null;

    private static string Sentence(Problem problem) => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture);
}
