using Microsoft.AspNetCore.Components;
using QuantDash.Core.Hosting;

namespace QuantDash.Web.Features.Strategies;

/// <summary>From each start of a strategy to its stop, with what it ran with.</summary>
public sealed partial class StrategyRuns
{
    private const int Most = 50;

    private IReadOnlyList<StrategyRun> _runs = [];
    private (Guid Id, StrategyRun? Latest)? _read;

    [Parameter, EditorRequired] public required Guid Id { get; set; }

    /// <summary>The present one or the last: the list is read again when it is another, or over.</summary>
    [Parameter] public StrategyRun? Latest { get; set; }
    [Inject] public required IStrategyArchive Archive { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (_read is { } read && read.Id == Id && (read.Latest?.Id, read.Latest?.State) == (Latest?.Id, Latest?.State))
        {
            if (Latest is { } now) _runs = [.. _runs.Select(run => run.Id == now.Id ? now : run)];
            return;
        }
        _read = (Id, Latest);
        _runs = await Archive.RunsAsync(Id, Most, CancellationToken.None);
    }

    private static string WithOf(StrategyRun run) => string.Join(", ", run.Parameters.Select(given => $"{given.Key} {given.Value}"));
}
