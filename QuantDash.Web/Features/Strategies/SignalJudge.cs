using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Strategies;

/// <summary>Reads the stored signals of a strategy with what is needed to judge them.</summary>
public sealed class SignalJudge(IStrategyArchive archive, ContractCatalog catalog)
{
    /// <summary>The latest so many are judged.</summary>
    public const int MostSignals = 5_000;

    /// <summary>Of older runs nobody knows the mode.</summary>
    private const int MostRuns = 1_000;

    public async Task<JudgedSignals> ReadAsync(Guid instance, CancellationToken stop = default)
    {
        var modes = (await archive.RunsAsync(instance, MostRuns, stop)).ToDictionary(run => run.Id, run => run.Mode);
        var (signals, cursor) = (new List<JudgedSignal>(), (string?)null);
        do
        {
            var page = await archive.SignalsAsync(new() { InstanceId = instance }, new(cursor, PageRequest.LongestPage), stop);
            signals.AddRange(page.Items.Select(signal => Judge(signal, modes.TryGetValue(signal.RunId, out var mode) ? mode : null)));
            cursor = page.NextCursor;
        }
        while (cursor is not null && signals.Count < MostSignals);
        return new(signals, cursor is not null);
    }

    public JudgedSignal Judge(StrategySignal signal, StrategyMode? mode) =>
        new(signal, mode, catalog.Find(signal.Symbol, DateOnly.FromDateTime(signal.TriggerTime.ToOffset(ScreenTime.ExchangeOffset).DateTime))?.PriceTick);
}

/// <param name="Signals">Newest first.</param>
/// <param name="IsCut">There are older ones that were not read.</param>
public sealed record JudgedSignals(IReadOnlyList<JudgedSignal> Signals, bool IsCut);
