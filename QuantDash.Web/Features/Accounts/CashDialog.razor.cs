using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Accounts;

/// <summary>Books cash that came to, or went from, the account: it moves equity without being a gain or a loss.</summary>
public sealed partial class CashDialog
{
    private const decimal Largest = 1_000_000_000_000m;
    private bool _out;
    private decimal? _amount;
    private string? _note;
    private bool _booking;
    private IReadOnlyList<Problem> _problems = [];

    [Parameter, EditorRequired] public required AccountView Account { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Inject] public required IAccountDesk Desk { get; init; }

    private decimal Signed => (_out ? -1 : 1) * (_amount ?? 0);

    private IEnumerable<string> Elsewhere =>
        _problems.Where(problem => problem.Field is not ("amount" or "note")).Select(problem => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture));

    private string? SentenceFor(string field) =>
        _problems.FirstOrDefault(problem => problem.Field == field) is { } found ? ProblemSentences.Write(found, CultureInfo.CurrentUICulture) : null;

    private async Task BookAsync()
    {
        if (_booking || _amount is not { } amount) return;
        if (amount is <= 0 or > Largest)
        {
            _problems = [new("amount", "out_of_range", 0m, Largest, amount)];
            return;
        }
        _booking = true;
        try
        {
            var booked = await Desk.BookCashAsync(Account.Account.Id, Signed, string.IsNullOrWhiteSpace(_note) ? null : _note.Trim());
            _problems = booked.Problems;
            if (booked.Succeeded) await OnClose.InvokeAsync();
        }
        finally
        {
            _booking = false;
        }
    }
}
