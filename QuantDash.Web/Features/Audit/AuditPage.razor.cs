using Microsoft.AspNetCore.Components;
using QuantDash.Core.Audit;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Audit;

/// <summary>The audit log, a page at a time; the same choice goes into the exports. A story (<c>?story=</c>) is everything that followed from one cause, oldest first.</summary>
public sealed partial class AuditPage
{
    private const int PageLength = 50;

    private readonly AuditChoice _choice = new();
    private readonly List<AuditLine> _lines = [];
    private AuditVerdict? _verdict;
    private Guid? _account;
    private string? _next;
    private bool _busy;

    [Inject] public required IAuditHistory History { get; init; }
    [Inject] public required ScreenFeed Feed { get; init; }

    [SupplyParameterFromQuery(Name = "story")] public Guid? StoryInAddress { get; set; }

    private AccountId? Account => _account is { } id ? new AccountId(id) : null;

    protected override Task OnInitializedAsync()
    {
        _choice.Story = StoryInAddress;
        return ReadAsync();
    }

    private Task StoryAsync(Guid story)
    {
        _choice.Story = story;
        return ReadAsync();
    }

    private Task ShowAll()
    {
        _choice.Story = null;
        return ReadAsync();
    }

    private async Task ReadAsync()
    {
        _lines.Clear();
        _next = null;
        if (_choice.WrongSymbol) return;
        await OlderAsync();
    }

    private async Task OlderAsync()
    {
        _busy = true;
        try
        {
            var page = await History.EntriesAsync(_choice.Build(Account), new(_next, _choice.Story is null ? PageLength : PageRequest.LongestPage));
            var lines = page.Items.Select(entry => AuditLine.From(entry, Text, Tape));
            if (_choice.Story is null) _lines.AddRange(lines);
            else _lines.InsertRange(0, lines.Reverse());
            _next = page.NextCursor;
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task VerifyAsync()
    {
        _busy = true;
        try
        {
            _verdict = await History.VerifyAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
