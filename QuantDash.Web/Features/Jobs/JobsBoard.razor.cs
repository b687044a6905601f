using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Primitives;
using QuantDash.Web.Jobs;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Jobs;

/// <summary>What runs, what failed, what is planned and what was, looked at every second while somebody watches.</summary>
public sealed partial class JobsBoard
{
    private IReadOnlyList<JobRow> _rows = [];
    private IReadOnlyList<RunRow> _running = [];
    private IReadOnlyList<JobRow> _troubled = [];
    private IReadOnlyList<JobServer> _servers = [];
    private IReadOnlyList<JobChoice> _names = [];
    private DateTimeOffset? _version;
    private string? _problem;
    private string? _refused;

    [Parameter] public Guid? Trigger { get; set; }
    [Inject] public required JobWatch Watch { get; init; }
    [Inject] public required JobDesk Desk { get; init; }

    protected override IAsyncEnumerable<JobSight> Source(CancellationToken stop) => Watch.WatchAsync(stop);

    protected override void OnView(JobSight view)
    {
        _problem = view.Problem is { } problem ? Sentence(problem) : _refused;
        if (view.Board is not { } board) return;
        _rows = JobRow.List(board, Text);
        _running = [.. _rows.Select(row => row.Run).OfType<RunRow>()];
        _troubled = [.. _rows.Where(row => row.IsTroubled)];
        _servers = board.Servers;
        _names = [.. _rows.Where(row => row.Id.Argument.Length == 0).Select(row => new JobChoice(row.Id.Name, row.Name))];
        _version = board.Jobs.Max(job => job.Last?.At);
    }

    private async Task ActAsync((JobId Id, JobAction Action) wish)
    {
        var done = await Desk.ActAsync(wish.Id, wish.Action);
        _refused = done.Succeeded ? null : Sentence(done.Problems[0]);
        OnView(await Watch.LookAsync());
    }

    private static string Sentence(Problem problem) => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture);
}

/// <summary>A kind of job to choose.</summary>
public sealed record JobChoice(string Name, string Text);
