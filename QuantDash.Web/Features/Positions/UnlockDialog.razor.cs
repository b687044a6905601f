using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Positions;

/// <summary>Unlock by hand: which leg and how much, the consequences side by side, the ladder table, then the button.</summary>
public sealed partial class UnlockDialog
{
    /// <summary>How far beyond the opposing price the limit of an order goes.</summary>
    private const int ProtectTicks = 5;

    /// <summary>A preview older than this must not be confirmed.</summary>
    private static readonly TimeSpan PreviewLimit = TimeSpan.FromSeconds(3);

    private UnlockPreview? _preview;
    private DateTimeOffset _previewedAt;
    private IReadOnlyList<Problem> _problems = [];
    private UnlockLegs _legs = UnlockLegs.Short;
    private QuoteView? _quote;
    private Price? _last;
    private decimal? _volume;
    private decimal _most;
    private bool _later;
    private bool _busy;
    private bool _sent;
    private bool _asking;
    private int _places;

    [Parameter, EditorRequired] public required HeldLock Lock { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Inject] public required ILockCounter Counter { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    protected override TimeSpan Pace => Paces.Locks;

    private bool CanSend => !_busy && !_sent && _preview is not null && _problems.Count == 0 && Time.GetUtcNow() - _previewedAt < PreviewLimit;

    private UnlockChoiceKind Chosen => _legs switch
    {
        UnlockLegs.Long => UnlockChoiceKind.CloseLong,
        UnlockLegs.Short => UnlockChoiceKind.CloseShort,
        UnlockLegs.Both => UnlockChoiceKind.CloseBoth,
    };

    private IEnumerable<string> Elsewhere => _problems.Where(problem => problem.Field != "volume").Select(Sentence);

    protected override void OnInitialized()
    {
        // The leg that the lock opened is the one that is closed to go on with the position.
        _legs = Lock.LockedSide == Side.Long ? UnlockLegs.Short : UnlockLegs.Long;
        _volume = _most = Lock.Covered;
        base.OnInitialized();
    }

    protected override void Build(EngineSnapshot snapshot, AccountView? account)
    {
        if (snapshot.LockViews.FirstOrDefault(view => view.Lock.Id == Lock.Id) is not { } held) return;
        if (snapshot.Accounts.FirstOrDefault(view => view.Account.Id == held.Lock.AccountId) is not { } own) return;
        _most = held.Covered.Value;
        _quote = snapshot.QuoteOf(own.Account, held.Lock.Symbol);
        (_last, _places) = (_quote?.Last, held.Contract.Places());
        Begin(() => AskAsync(held.Lock));
    }

    private UnlockRequest? Request(PositionLock held) => _volume is > 0 and var volume && _quote is { } quote
        ? new(held.AccountId, held.Symbol, held.Id, _legs, new(volume), OrderType.Limit, Limit(quote, Side.Long), Limit(quote, Side.Short))
        : null;

    private static Price Limit(QuoteView quote, Side leg)
    {
        var selling = leg == Side.Long;
        var opposing = selling ? quote.Tick.BidTicks : quote.Tick.AskTicks;
        var ticks = (opposing > 0 ? opposing : quote.Tick.LastTicks) + (selling ? -ProtectTicks : ProtectTicks);
        if (quote.Tick.LowerLimitTicks > 0) ticks = Math.Max(ticks, quote.Tick.LowerLimitTicks);
        if (quote.Tick.UpperLimitTicks > 0) ticks = Math.Min(ticks, quote.Tick.UpperLimitTicks);
        return quote.Contract.PriceAt(Math.Max(1, ticks));
    }

    private async Task AskAsync(PositionLock held)
    {
        if (_asking || _busy || Request(held) is not { } request) return;
        _asking = true;
        try
        {
            var answer = await Counter.PreviewAsync(request);
            // The wish may have changed meanwhile: an answer to the last one is not shown for this one.
            if (request.Legs != _legs || request.Volume?.Value != _volume) return;
            _problems = answer.Problems;
            if (answer.Succeeded) (_preview, _previewedAt) = (answer.Value, Time.GetUtcNow());
        }
        finally
        {
            _asking = false;
        }

        StateHasChanged();
    }

    private void Choose(UnlockLegs legs)
    {
        _legs = legs;
        Again();
    }

    private void ChangeVolume(decimal? volume)
    {
        _volume = volume;
        Again();
    }

    // Another wish: what was shown for the last one no longer counts.
    private void Again()
    {
        (_preview, _problems) = (null, []);
        Rebuild();
    }

    private async Task SendAsync()
    {
        if (_preview is not { } preview || !CanSend) return;
        _busy = true;
        try
        {
            var unlocked = await Counter.UnlockAsync(preview.Request);
            _problems = unlocked.Problems;
            _sent = unlocked.Succeeded;
        }
        finally
        {
            _busy = false;
        }

        if (_sent) await OnClose.InvokeAsync();
    }

    private string? SentenceFor(string field) => _problems.FirstOrDefault(problem => problem.Field == field) is { } wrong ? Sentence(wrong) : null;

    private static string Sentence(Problem problem) => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture);
}
