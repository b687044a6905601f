using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Bridge;

/// <summary>A person says what became of an order at the counter; it is then booked as the program's report would have been.</summary>
public sealed partial class SettleDialog
{
    private SettledAs? _outcome;
    private decimal? _volume;
    private decimal? _price;
    private bool _sending;
    private IReadOnlyList<Problem> _problems = [];

    [Parameter, EditorRequired] public required AccountId Account { get; set; }
    [Parameter, EditorRequired] public required UnknownRow Order { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Inject] public required IUnknownOrders Desk { get; init; }

    /// <summary>An order that was once accepted cannot have been never placed.</summary>
    private IEnumerable<SettledAs> Outcomes => Enum.GetValues<SettledAs>().Where(outcome => outcome != SettledAs.NeverPlaced || !Order.WasPlaced);

    private bool NeedsPrice => _outcome == SettledAs.Filled || (_outcome == SettledAs.Cancelled && _volume > Order.Filled);

    private IEnumerable<string> Elsewhere =>
        _problems.Where(problem => problem.Field is not ("filled_volume" or "price")).Select(problem => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture));

    protected override void OnInitialized() => _volume = Order.Filled;

    private string? SentenceFor(string field) =>
        _problems.FirstOrDefault(problem => problem.Field == field) is { } found ? ProblemSentences.Write(found, CultureInfo.CurrentUICulture) : null;

    private async Task SettleAsync()
    {
        if (_outcome is not { } outcome) return;
        if (_volume < 0)
        {
            _problems = [new("filled_volume", "negative", _volume)];
            return;
        }
        _sending = true;
        try
        {
            var volume = outcome == SettledAs.Cancelled && _volume is { } told ? new Volume(told) : (Volume?)null;
            var settled = await Desk.SettleAsync(Account, Order.Id, new(outcome, volume, NeedsPrice && _price is { } price ? new Price(price) : null));
            _problems = settled.Problems;
            if (settled.Succeeded) await OnClose.InvokeAsync();
        }
        finally
        {
            _sending = false;
        }
    }
}
