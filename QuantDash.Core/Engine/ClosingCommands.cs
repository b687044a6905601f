using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Closing accounts, and opening them again. Like every command of the engine it is for the trading thread.</summary>
public sealed class ClosingCommands
{
    private readonly ClosingDesk _desk;
    private readonly Action _endStep;

    internal ClosingCommands(ClosingDesk desk, Action endStep) => (_desk, _endStep) = (desk, endStep);

    /// <inheritdoc cref="ClosingDesk.Close"/>
    public Outcome<Account> Close(AccountId account, DateTimeOffset now) => Step(_desk.Close(account, now));

    /// <inheritdoc cref="ClosingDesk.Reopen"/>
    public Outcome<Account> Reopen(AccountId account, DateTimeOffset now) => Step(_desk.Reopen(account, now));

    /// <inheritdoc cref="ClosingDesk.SwitchOffDemo"/>
    public Outcome<Account> SwitchOffDemo(AccountId account, DateTimeOffset now) => Step(_desk.SwitchOffDemo(account, now));

    /// <inheritdoc cref="ClosingDesk.SwitchOnDemo"/>
    public Outcome<Account> SwitchOnDemo(AccountId account, DateTimeOffset now) => Step(_desk.SwitchOnDemo(account, now));

    private Outcome<Account> Step(Outcome<Account> outcome)
    {
        _endStep();
        return outcome;
    }
}
