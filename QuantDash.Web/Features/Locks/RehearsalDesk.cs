using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Web.Jobs;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>Takes a copy of the account's books on the trading thread and rehearses beside it on a thread that gives way, one rehearsal at a time.</summary>
public sealed class RehearsalDesk(TradingRuntime runtime, ContractCatalog catalog, TradingCalendar calendar, EngineOptions options, ComputeLanes lanes) : IRehearsalDesk, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Rehearsal _rehearsal = new(catalog, calendar, options);

    public async Task<Outcome<IReadOnlyList<RehearsalOutcome>>> RunAsync(RehearsalRequest request, CancellationToken stop = default)
    {
        if (Rehearsal.Check(request) is { Count: > 0 } problems) return Outcome<IReadOnlyList<RehearsalOutcome>>.Failure(problems);
        await _turn.WaitAsync(stop);
        try
        {
            var books = await runtime.ReadAsync((engine, now) => engine.Capture(request.AccountId, now), stop);
            return books.Succeeded
                ? Outcome<IReadOnlyList<RehearsalOutcome>>.Success(await lanes.RunAsync("rehearsal", turn => _rehearsal.Run(books.Value, request, turn.Report), stop))
                : Outcome<IReadOnlyList<RehearsalOutcome>>.Failure(books.Problems);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
