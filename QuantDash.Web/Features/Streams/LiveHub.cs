using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Streams;

/// <summary>The same streams over SignalR, for programs that have a client for it: quotes of several contracts, one account, what happened. Our own pages never use it: they are in this process.</summary>
public sealed class LiveHub(MarketStream market, AlertStream alerts, AccountStream accounts, LiveListeners listeners, EngineReads reads, ContractCatalog catalog, TimeProvider clock) : Hub
{
    private const int MostSymbols = 200;
    private const int SlowestPace = 5000;
    private const int Waiting = 256;

    /// <summary>Quotes of contracts on one source: a snapshot of each, then its changes.</summary>
    /// <param name="source">Whose quotes.</param>
    /// <param name="symbols">1 to 200 of them.</param>
    /// <param name="paceMs">At most one change of a contract in that time, the latest; 0: every tick.</param>
    /// <param name="stop">The program wants no more, or has gone.</param>
    public async IAsyncEnumerable<StreamMessage> Quotes(string source, IReadOnlyList<string> symbols, int paceMs, [EnumeratorCancellation] CancellationToken stop)
    {
        var snapshot = await reads.SnapshotAsync(stop);
        var heard = snapshot.Sources.FirstOrDefault(view => view.Source.Name.Value == source)?.Source ?? throw Refusal("source", "unknown_source", source);
        if (symbols.Count is 0 or > MostSymbols) throw Refusal("symbols", "out_of_range", 1, MostSymbols, symbols.Count);
        if (paceMs is < 0 or > SlowestPace) throw Refusal("pace_ms", "out_of_range", 0, SlowestPace, paceMs);
        var day = TradingFields.DayOf(snapshot, null, clock.GetUtcNow());
        var resolved = symbols.Select(symbol => catalog.Resolve(symbol, day)).ToList();
        if (resolved.Find(one => !one.Succeeded) is { } unknown) throw Refusal(unknown.Problems[0]);
        await foreach (var message in ListenAsync(token => MergeAsync(heard, [.. resolved.Select(one => one.Value.Symbol).Distinct()], TimeSpan.FromMilliseconds(paceMs), token), stop)) yield return message;
    }

    /// <summary>Funds and positions of one account, at most once a second.</summary>
    public async IAsyncEnumerable<StreamMessage> Account(string account, [EnumeratorCancellation] CancellationToken stop)
    {
        if (TradingFields.Find(await reads.SnapshotAsync(stop), account) is not { } found) throw Refusal("account_id", "unknown_account", account);
        await foreach (var message in ListenAsync(token => accounts.ReadAsync(found.Account.Id, token), stop)) yield return message;
    }

    /// <summary>What happened, as <c>/ws/alerts</c> tells it.</summary>
    public async IAsyncEnumerable<StreamMessage> Alerts(long? after, [EnumeratorCancellation] CancellationToken stop)
    {
        var language = RequestLanguage.Of(Context.GetHttpContext()!);
        await foreach (var message in ListenAsync(token => alerts.ReadAsync(after, language, token), stop)) yield return message;
    }

    private async IAsyncEnumerable<StreamMessage> ListenAsync(Func<CancellationToken, IAsyncEnumerable<StreamMessage>> messages, [EnumeratorCancellation] CancellationToken stop)
    {
        using var listener = listeners.Enter(Context, stop) ?? throw Refusal("", "too_many_streams", listeners.Most.Caller, listeners.Most.Together);
        await foreach (var message in messages(listener.Ended))
        {
            listener.Count();
            yield return message;
        }
    }

    /// <summary>One after another as they come; a slow program holds up its own streams, which then leave out what a later quote made worthless.</summary>
    private async IAsyncEnumerable<StreamMessage> MergeAsync(Source source, IReadOnlyList<Symbol> symbols, TimeSpan pace, [EnumeratorCancellation] CancellationToken stop)
    {
        var merged = Channel.CreateBounded<StreamMessage>(new BoundedChannelOptions(Waiting) { SingleReader = true });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var pumps = symbols.Select(symbol => PumpAsync(market.ReadAsync(source, symbol, null, pace, end.Token), merged.Writer, end.Token)).ToList();
        try
        {
            await foreach (var message in merged.Reader.ReadAllAsync(stop)) yield return message;
        }
        finally
        {
            await end.CancelAsync();
            foreach (var pump in pumps) await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task PumpAsync(IAsyncEnumerable<StreamMessage> messages, ChannelWriter<StreamMessage> writer, CancellationToken stop)
    {
        try
        {
            await foreach (var message in messages.WithCancellation(stop)) await writer.WriteAsync(message, stop);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            writer.TryComplete(error);
        }
    }

    private HubException Refusal(string field, string code, params IReadOnlyList<object?> values) => Refusal(new Problem(field, code, values));

    private HubException Refusal(Problem problem) => new($"{problem.Field} {problem.Code}: {ProblemSentences.Write(problem, RequestLanguage.Of(Context.GetHttpContext()!))}".Trim());
}
