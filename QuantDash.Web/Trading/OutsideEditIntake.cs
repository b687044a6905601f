using System.Globalization;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Trading;

/// <summary>Hands what another program wrote into our tables to the engine. Listens from its making on, so that nothing written while we were off is
/// missed; the trading thread takes it as soon as it runs.</summary>
internal sealed class OutsideEditIntake : IHostedService, IDisposable
{
    // The reason is stored in the row, beside what the engine itself writes there.
    private static readonly CultureInfo StoredLanguage = CultureInfo.GetCultureInfo("zh-CN");

    private readonly IDurableJournal _journal;
    private readonly TradingRuntime _runtime;
    private readonly ILogger<OutsideEditIntake> _log;

    public OutsideEditIntake(IDurableJournal journal, TradingRuntime runtime, ILogger<OutsideEditIntake> log)
    {
        (_journal, _runtime, _log) = (journal, runtime, log);
        _journal.EditedOutside += Take;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _journal.EditedOutside -= Take;

    private void Take(IReadOnlyList<OutsideEdit> edits) => _ = TakeAsync(edits);

    private async Task TakeAsync(IReadOnlyList<OutsideEdit> edits)
    {
        using var acting = Acting.As(Actor.Sql);
        try
        {
            await _runtime.RunAsync((engine, now) =>
            {
                foreach (var edit in edits) engine.TakeOver(edit, ReasonOf, now);
                return edits.Count;
            });
            _log.LogInformation("Took over {Count} edits that another program made in the database", edits.Count);
        }
        catch (OperationCanceledException)
        {
            _log.LogInformation("{Count} edits of another program are taken over at the next start", edits.Count);
        }
        catch (Exception error)
        {
            // The engine broke and was rebuilt from the tables, in which the edits stand.
            _log.LogError(error, "{Count} edits of another program came in force by a rebuild", edits.Count);
        }
    }

    private static string ReasonOf(IReadOnlyList<Problem> problems) =>
        string.Join("; ", problems.Select(problem => $"{problem.Field}: {ProblemSentences.Write(problem, StoredLanguage)}"));
}
