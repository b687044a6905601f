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

/// <summary>A stop, stop-limit or conditional order by hand: what will be watched and what follows, in one sentence, then the button.</summary>
public sealed partial class HeldTicket
{
    private const string ThisDay = "day";
    private const string UntilCancelled = "cancelled";
    private static readonly OrderPurpose[] Purposes = [OrderPurpose.Close, OrderPurpose.Open, OrderPurpose.Lock];
    private static readonly string[] Fields = ["symbol", "volume", "level", "price", "comparison"];

    private IReadOnlyList<string> _symbols = [];
    private IReadOnlyList<Problem> _problems = [];
    private QuoteView? _quote;
    private string? _symbol;
    private string _purpose = $"{OrderPurpose.Close} {Side.Long}";
    private HeldKind _kind = HeldKind.Stop;
    private HeldComparison _comparison = HeldComparison.AtOrBelow;
    private PriceSource _source = PriceSource.Last;
    private decimal? _volume;
    private decimal? _level;
    private decimal? _limit;
    private decimal? _now;
    private bool _thisDay = true;
    private bool _busy;
    private bool _sent;
    private int _places;

    [Parameter, EditorRequired] public required AccountId For { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Inject] public required IHeldCounter Counter { get; init; }

    protected override TimeSpan Pace => Paces.Locks;

    private OrderPurpose Purpose => Enum.Parse<OrderPurpose>(_purpose.Split(' ')[0]);

    private Side Leg => Enum.Parse<Side>(_purpose.Split(' ')[1]);

    private OrderSide Trades => Purpose == OrderPurpose.Open ? Leg.OpeningOrder() : Leg.ClosingOrder();

    private HeldComparison Comparison => _kind == HeldKind.Conditional ? _comparison : HeldOrder.ImpliedBy(Trades);

    private IEnumerable<string> Elsewhere => _problems.Where(problem => !Fields.Contains(problem.Field)).Select(Sentence);

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        if (snapshot.Accounts.FirstOrDefault(view => view.Account.Id == For) is not { } own) return;
        _symbols = [.. own.Positions.Select(position => position.Contract.Symbol).Concat(snapshot.Quotes.Where(quote => quote.Source == own.Account.Source).Select(quote => quote.Contract.Symbol)).Distinct().Select(symbol => symbol.ToString())];
        _symbol ??= _symbols.Count > 0 ? _symbols[0] : null;
        _quote = _symbol is { } chosen ? snapshot.QuoteOf(own.Account, Symbol.ParseCanonical(chosen)) : null;
        _places = _quote?.Contract.Places() ?? 2;
        _now = PriceNow() is { } ticks ? _quote!.Contract.PriceAt(ticks).Value : null;
    }

    private long? PriceNow() => _quote is { } quote ? DecidingPrice.Of(_source, HeldOrder.WatchedSide(Trades), quote.Tick, quote.MarkTicks) : null;

    /// <summary>Null while something is missing.</summary>
    private HeldRequest? Request()
    {
        if (_symbol is not { } symbol || _volume is not > 0 || _level is not > 0 || _limit is <= 0 || (_kind == HeldKind.StopLimit && _limit is null)) return null;
        var limit = _kind == HeldKind.Stop ? null : _limit;
        var order = new OrderRequest(For, Symbol.ParseCanonical(symbol), Purpose, Leg, new(_volume.Value), limit is null ? OrderType.Market : OrderType.Limit, limit is { } price ? new Price(price) : null);
        return new(order, _kind, new(_level.Value), _kind == HeldKind.Conditional ? _comparison : null, _source, _thisDay);
    }

    private string Says(HeldRequest request) => Text.Count(
        "HeldSays",
        Text["Source" + _source].Value,
        Comparison == HeldComparison.AtOrAbove ? "≥" : "≤",
        Figures.Number(request.Level.Value, _places),
        Words[Trades.ToString()].Value,
        Figures.Volume(request.Order.Volume.Value),
        request.Order.LimitPrice is { } limit ? Figures.Number(limit.Value, _places) : Text["AtMarket"].Value);

    private bool IsReached(HeldRequest request) =>
        PriceNow() is { } now && _quote!.Contract.TryTicks(request.Level, out var level) && HeldOrder.IsReached(Comparison, now, level);

    private async Task HoldAsync()
    {
        if (_busy || _sent || Request() is not { } request) return;
        _busy = true;
        try
        {
            var placed = await Counter.HoldAsync(request);
            _problems = placed.Problems;
            _sent = placed.Succeeded;
            if (_sent) await OnClose.InvokeAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private void Choose(ChangeEventArgs change)
    {
        _symbol = change.Value as string;
        Again();
    }

    private void Choose(HeldKind kind)
    {
        _kind = kind;
        Again();
    }

    private void Compare(ChangeEventArgs change)
    {
        _comparison = Enum.Parse<HeldComparison>((string)change.Value!);
        Again();
    }

    private void Last(ChangeEventArgs change)
    {
        _thisDay = (string)change.Value! == ThisDay;
        Again();
    }

    private void Set(ref decimal? field, decimal? value)
    {
        field = value;
        Again();
    }

    // Another wish: what was wrong with the last one no longer counts.
    private void Again()
    {
        _problems = [];
        Rebuild();
    }

    private string? SentenceFor(string field) => _problems.FirstOrDefault(problem => problem.Field == field) is { } problem ? Sentence(problem) : null;

    private bool IsInvalid(string field) => _problems.Any(problem => problem.Field == field);

    private static string Sentence(Problem problem) => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture);
}
