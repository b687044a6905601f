using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Demo;

/// <summary>Whether the demo runs, and who decides it.</summary>
/// <param name="IsOn">Its market moves and its rules are watched.</param>
/// <param name="Configured">QuantDash:Demo; null: it is switched by people.</param>
/// <param name="AccountId">Null before it was made.</param>
/// <param name="OffSince">When it was switched off; null: it was not.</param>
public sealed record DemoStatus(bool IsOn, bool? Configured, AccountId? AccountId, DateTimeOffset? OffSince)
{
    public bool CanSwitch => Configured is null;

    public static DemoStatus Of(EngineSnapshot snapshot, bool? configured)
    {
        var account = AccountIn(snapshot);
        return new(configured != false && account is { IsClosed: false }, configured, account?.Id, account?.ClosedAt);
    }

    public static Account? AccountIn(EngineSnapshot snapshot) => snapshot.Accounts.FirstOrDefault(view => view.Account.IsDemo)?.Account;
}

/// <summary>Switches the demo on and off, by whoever administers.</summary>
public interface IDemoSwitch
{
    DemoStatus Status(EngineSnapshot snapshot);

    /// <returns>What stood in the way; empty when it is as wished.</returns>
    Task<IReadOnlyList<Problem>> SwitchAsync(bool on, CancellationToken stop = default);
}
