using System.Text;
using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Supervision;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Bridge;

/// <summary>The bridge over tables: looks five times a second at what programs wrote, as the socket listens to what they send. A report is marked once what it
/// changed is durable; after a crash in between it is taken again, which changes nothing.</summary>
internal sealed class BridgeTableService(
    TradingRuntime runtime, EngineReads reads, IBridgeTables tables, BridgeWaiting waiting, BridgeMessages messages, TimeProvider clock, ILogger<BridgeTableService> log)
    : ISupervisedLoop
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private readonly Dictionary<AccountId, BridgeTableReader> _readers = [];

    public string ServiceName => "bridge_tables";

    public string? Trouble { get; private set; }

    public TimeSpan? LongestTurn => TimeSpan.FromSeconds(60);

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                pulse.Beat();
                await TryTurnAsync(stop);
            }
        }
        finally
        {
            foreach (var reader in _readers.Values) await reader.DisposeAsync();
            _readers.Clear();
        }
    }

    private async Task TryTurnAsync(CancellationToken stop)
    {
        try
        {
            await TurnAsync(runtime.Snapshots.Current, stop);
            Trouble = null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The database is away, or the engine was rebuilt: what was not marked is looked at again.
            if (Trouble is null) log.LogWarning(error, "The bridge's tables could not be served and are tried again");
            Trouble = error.Message;
        }
    }

    private async Task TurnAsync(EngineSnapshot snapshot, CancellationToken stop)
    {
        var bridges = snapshot.OpenAccounts.Where(account => account.Bridge is not null).ToList();
        if (bridges.Count == 0) return;
        var news = await tables.ReadAsync(stop);
        await TakeAsync(news.Reports, bridges, stop);
        foreach (var account in bridges)
        {
            var id = account.Account.Id;
            if (!_readers.TryGetValue(id, out var reader)) _readers.Add(id, reader = new(id, tables, waiting, reads, clock));
            await reader.TurnAsync(account.Bridge!, account.LinkUp, news.Asks.FirstOrDefault(ask => ask.AccountId == id), stop);
        }
    }

    private async Task TakeAsync(IReadOnlyList<BridgeTableReport> rows, List<AccountView> bridges, CancellationToken stop)
    {
        if (rows.Count == 0) return;
        var taken = new List<BridgeRowTaken>();
        foreach (var row in rows)
        {
            var known = bridges.Exists(account => account.Account.Id == row.AccountId);
            taken.Add(row.Problem is not null || known
                ? await TakeAsync(row, stop)
                : new(row.Id, null, Sentence(new Problem("account_id", "unknown_account", row.AccountId))));
        }
        await tables.MarkAsync(taken, clock.GetUtcNow());
    }

    private async Task<BridgeRowTaken> TakeAsync(BridgeTableReport row, CancellationToken stop)
    {
        try
        {
            if (row.Message is { } message)
            {
                var answer = await messages.AnswerAsync(row.AccountId, Encoding.UTF8.GetBytes(message), RequestLanguage.Chinese, stop);
                return new(row.Id, answer.Body.ToJsonString(), answer.Problem);
            }
            return new(row.Id, null, row.Report is null ? row.Problem : await ReportAsync(row.AccountId, row.Report, stop));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A row that breaks something must not be tried for ever.
            log.LogError(error, "Row {Row} of order_reports could not be taken", row.Id);
            return new(row.Id, null, error.Message);
        }
    }

    private async Task<string?> ReportAsync(AccountId account, BridgeReport report, CancellationToken stop)
    {
        var taken = await runtime.RunAsync((engine, now) => engine.TakeReports(account, [report], now), stop);
        if (!taken.Succeeded) return Sentence(taken.Problems[0]);
        return taken.Value.UnknownIds.Count == 0 ? null : Sentence(new Problem("client_order_id", "unknown_order", report.OrderId.Value));
    }

    // Stored beside what the engine writes there, in its language.
    private static string Sentence(Problem problem) => $"{problem.Field}: {ProblemSentences.Write(problem, RequestLanguage.Chinese)}";
}
