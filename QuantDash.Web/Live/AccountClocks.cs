using QuantDash.Core.Engine;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Live;

/// <summary>Accounts on a replayed source live in the feed's time; countdowns on the screen run on the wall clock.</summary>
public static class AccountClocks
{
    /// <summary>What time it is for an account.</summary>
    public static DateTimeOffset ClockOf(this EngineSnapshot snapshot, AccountView account) =>
        snapshot.Sources.FirstOrDefault(s => s.Source.Name == account.Account.Source) is { Source.Clock: SourceClock.Ticks, Clock: { } clock } ? clock : snapshot.At;

    /// <summary>An instant of the account's clock as the wall clock will show it; null stays null.</summary>
    public static DateTimeOffset? OnWallClock(this EngineSnapshot snapshot, AccountId account, DateTimeOffset? at)
    {
        if (at is null) return null;
        var source = snapshot.Accounts.FirstOrDefault(a => a.Account.Id == account)?.Account.Source;
        var feed = snapshot.Sources.FirstOrDefault(s => s.Source.Name == source);
        return feed is { Source.Clock: SourceClock.Ticks, Clock: { } clock } ? snapshot.At + (at - clock) : at;
    }
}
