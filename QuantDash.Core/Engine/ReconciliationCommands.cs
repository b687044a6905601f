using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Comparing an account with its venue, and taking over what differs. Like every command of the engine it is for the trading thread.</summary>
public sealed class ReconciliationCommands
{
    private readonly ReconciliationDesk _desk;
    private readonly VenueTruth _truth;
    private readonly Action _endStep;

    internal ReconciliationCommands(ReconciliationDesk desk, VenueTruth truth, Action endStep) => (_desk, _truth, _endStep) = (desk, truth, endStep);

    /// <summary>Asks the venue. Our own answers at once; a bridge's program is asked for a snapshot, and orders go on meanwhile.</summary>
    public Outcome<ReconciliationView> Ask(AccountId account, DateTimeOffset now, ReconciliationWhy why = ReconciliationWhy.Demand) => Step(_desk.Ask(account, why, now));

    /// <summary>Makes the venue's truth ours for one difference.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="key">Of the difference.</param>
    /// <param name="shown">The venue's figure that was shown; another one now is <c>difference_changed</c>. Null: whatever it is.</param>
    /// <param name="now">The machine's clock.</param>
    public Outcome<ReconciliationView> Adopt(AccountId account, string key, decimal? shown, DateTimeOffset now) => Step(_truth.Adopt(account, key, shown, now));

    private Outcome<T> Step<T>(Outcome<T> outcome)
    {
        _endStep();
        return outcome;
    }
}
