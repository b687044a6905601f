using QuantDash.Core.Engine;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Protection;

/// <summary>One leg with what protects it, ready to draw.</summary>
/// <param name="Leg">As the map says.</param>
/// <param name="Account">The account's name.</param>
/// <param name="Places">Decimals of its prices.</param>
/// <param name="EvaluatedAt">On the wall clock.</param>
public sealed record LegProtectionRow(LegProtection Leg, string Account, int Places, DateTimeOffset? EvaluatedAt)
{
    public string Key => $"{Leg.AccountId}:{Leg.Symbol}:{Leg.Side}";

    public Tone Tone => !Leg.Unprotected.IsZero || Leg.IsStale ? Tone.Danger : Leg.CanSend ? Tone.Good : Tone.Warn;

    public string State => !Leg.Unprotected.IsZero ? "Unprotected" : Leg.CanSend ? "Protected" : "CannotSend";

    public static LegProtectionRow From(LegProtection leg, EngineSnapshot snapshot) => new(
        leg, snapshot.Accounts.First(account => account.Account.Id == leg.AccountId).Account.Name, snapshot.ContractOf(leg.Symbol)?.Places() ?? 2, snapshot.OnWallClock(leg.AccountId, leg.EvaluatedAt));
}
