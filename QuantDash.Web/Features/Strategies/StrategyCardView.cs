using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Strategies;

/// <summary>A strategy as its card shows it.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Held">What it holds.</param>
/// <param name="Deeds">What can be done with it now, the likeliest first.</param>
public sealed record StrategyCardView(StrategyView Strategy, string Account, IReadOnlyList<HeldLine> Held, IReadOnlyList<StrategyDeed> Deeds)
{
    public Guid Id => Strategy.Instance.Id;
    public StrategyInstance Instance => Strategy.Instance;
    public StrategyRunState State => Strategy.State;

    public Tone Tone => State switch
    {
        StrategyRunState.Running => Tone.Good,
        StrategyRunState.WarmingUp => Tone.Info,
        StrategyRunState.Paused or StrategyRunState.Stopping => Tone.Warn,
        StrategyRunState.Failed => Tone.Danger,
        _ => Tone.Weak,
    };

    public Tone ModeTone => Instance.Mode switch
    {
        StrategyMode.Live => Tone.Danger,
        StrategyMode.Paper => Tone.Info,
        _ => Tone.Weak,
    };

    /// <summary>Its orders that work.</summary>
    public int Working => Strategy.Working.Count;

    /// <summary>Those that would open.</summary>
    public int Opening => Strategy.Working.Count(signal => signal.Offset == QuantDash.Core.Orders.Offset.Open);

    public string Symbols => string.Join(", ", Instance.Symbols);

    public static IReadOnlyList<StrategyCardView> Of(EngineSnapshot snapshot) => [.. snapshot.Strategies.Select(view => Of(snapshot, view))];

    public static StrategyCardView Of(EngineSnapshot snapshot, StrategyView view)
    {
        var account = snapshot.Accounts.FirstOrDefault(a => a.Account.Id == view.Instance.AccountId)?.Account.Name ?? "";
        var held = view.Books.Where(book => !book.Book.IsFlat).SelectMany(book => HeldLine.Of(book, snapshot)).ToList();
        return new(view, account, held, [.. DeedsOf(view, held.Count > 0)]);
    }

    private static IEnumerable<StrategyDeed> DeedsOf(StrategyView view, bool holds)
    {
        var isOn = view.State is StrategyRunState.WarmingUp or StrategyRunState.Running or StrategyRunState.Paused;
        if (view.State is StrategyRunState.Stopped or StrategyRunState.Failed && view.Instance.IsActive) yield return StrategyDeed.Start;
        if (view.State == StrategyRunState.Paused) yield return StrategyDeed.Resume;
        if (view.State is StrategyRunState.Running or StrategyRunState.WarmingUp) yield return StrategyDeed.Pause;
        if (isOn) yield return StrategyDeed.Stop;
        if (holds || view.Working.Count > 0) yield return StrategyDeed.Flatten;
        if (!isOn && view.State != StrategyRunState.Stopping && !holds && view.Working.Count == 0) yield return StrategyDeed.Delete;
    }
}

/// <summary>One leg that a strategy holds.</summary>
public sealed record HeldLine(Symbol Symbol, Side Side, decimal Volume, decimal? Open, decimal? Last, decimal? FloatingPnl, int Places)
{
    public static IEnumerable<HeldLine> Of(StrategyBookView view, EngineSnapshot snapshot)
    {
        var (book, contract) = (view.Book, snapshot.ContractOf(view.Book.Symbol));
        var (places, multiplier) = (contract?.Places() ?? 2, contract?.Multiplier);
        foreach (var (side, leg) in new[] { (Side.Long, book.Long), (Side.Short, book.Short) })
        {
            if (leg.Volume == 0m) continue;
            var pnl = view.Last is { } last && multiplier is { } money ? ((last.Value * leg.Volume) - leg.Cost) * money * (side == Side.Long ? 1 : -1) : (decimal?)null;
            yield return new(book.Symbol, side, leg.Volume, leg.AverageOpenPrice, view.Last?.Value, pnl, places);
        }
    }
}
