using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Orders;

/// <summary>A person says what became of an order at the counter; it is then booked as the program's report would have been.</summary>
public sealed partial class SettleDialog
{
    private SettledAs? _outcome;
    private decimal? _volume;
    private decimal? _price;
    private bool _sending;
    private bool _settled;
    private SettlementPreview? _preview;
    private IReadOnlyList<Problem> _problems = [];

    [Parameter, EditorRequired] public required UnknownOrderRow Order { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Inject] public required IUnknownOrders Desk { get; init; }

    /// <summary>An order that was once accepted cannot have been never placed.</summary>
    private IEnumerable<SettledAs> Outcomes => Enum.GetValues<SettledAs>().Where(outcome => outcome != SettledAs.NeverPlaced || Order.MayBeNeverPlaced);

    private bool NeedsPrice => _outcome == SettledAs.Filled || (_outcome == SettledAs.Cancelled && _volume > Order.Filled);

    private IEnumerable<string> Elsewhere =>
        _problems.Where(problem => problem.Field is not ("filled_volume" or "price")).Select(problem => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture));

    protected override void OnInitialized() => _volume = Order.Filled;

    private string? SentenceFor(string field) =>
        _problems.FirstOrDefault(problem => problem.Field == field) is { } found ? ProblemSentences.Write(found, CultureInfo.CurrentUICulture) : null;

    private void Choose(SettledAs outcome) => Change(() => _outcome = outcome);

    /// <summary>What was shown is not what would be booked any more.</summary>
    private void Change(Action change)
    {
        change();
        _preview = null;
    }

    /// <summary>Shows first what it would book, and books it at the second click.</summary>
    private async Task OnAsync()
    {
        if (_sending || _settled || _outcome is not { } outcome) return;
        if (_volume < 0)
        {
            _problems = [new("filled_volume", "negative", _volume)];
            return;
        }
        _sending = true;
        try
        {
            var volume = outcome == SettledAs.Cancelled && _volume is { } told ? new Volume(told) : (Volume?)null;
            var settlement = new OrderSettlement(outcome, volume, NeedsPrice && _price is { } price ? new Price(price) : null);
            await (_preview is null ? ShowAsync(settlement) : SettleAsync(settlement));
        }
        finally
        {
            _sending = false;
        }
    }

    private async Task ShowAsync(OrderSettlement settlement)
    {
        var shown = await Desk.PreviewAsync(Order.AccountId, Order.Id, settlement);
        _problems = shown.Problems;
        _preview = shown.Succeeded ? shown.Value : null;
    }

    private async Task SettleAsync(OrderSettlement settlement)
    {
        var settled = await Desk.SettleAsync(Order.AccountId, Order.Id, settlement);
        _problems = settled.Problems;
        _settled = settled.Succeeded;
        if (_settled) await OnClose.InvokeAsync();
        else _preview = null;
    }
}
