using Microsoft.AspNetCore.Components;
using QuantDash.Web.Jobs;

namespace QuantDash.Web.Features.Data;

/// <summary>What is brought up to date by itself, kind by kind, and what the last run came to.</summary>
public sealed partial class SyncKindsCard
{
    private static readonly string[] Kinds = ["instrument-sync", "calendar-sync", "day-bar-sync", "bar-sync"];
    private IReadOnlyList<SyncKindRow> _rows = [];
    private bool _away;

    [Inject] public required IJobs Jobs { get; init; }

    protected override async Task OnInitializedAsync()
    {
        var looked = await Jobs.LookAsync();
        _away = !looked.Succeeded;
        _rows = looked.Succeeded ? [.. Kinds.Select(kind => SyncKindRow.Of(kind, looked.Value.Jobs.FirstOrDefault(job => job.Id == new JobId(kind)), Text))] : [];
    }
}
