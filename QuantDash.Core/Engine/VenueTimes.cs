namespace QuantDash.Core.Engine;

/// <summary>Times that a venue, or a program beside it, tells. One of a clock that is far ahead (local time sent as UTC, a night trade dated by its trading day) lies behind every snapshot
/// still to come, and before none that was taken: compared with it, a trade that a snapshot has counted would be counted again, and a new one not at all.</summary>
internal sealed class VenueTimes(ChangeLog changes)
{
    /// <summary>As far ahead a venue's clock may be (RELIABILITY.md B7).</summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(5);

    /// <summary>False: it counts as not told. So does a time that looks right of an account whose snapshots were seen to be ahead: it was only late on its way.</summary>
    /// <param name="account">Whose venue.</param>
    /// <param name="told">Its time; null: it told none.</param>
    /// <param name="now">The account's clock.</param>
    public bool AreBelieved(AccountBook account, DateTimeOffset? told, DateTimeOffset now)
    {
        if (account.Source.IsReplay || told is not { } time) return true;
        if (time - now > Tolerated) Warn(account, time - now, now);
        return time - now <= Tolerated && account.VenueAhead <= Tolerated;
    }

    private void Warn(AccountBook account, TimeSpan ahead, DateTimeOffset now)
    {
        if (account.IsClockNamed) return;
        account.IsClockNamed = true;
        changes.Tell(now, TapeSeverity.Warning, "bridge.clock_ahead", new(account.Id), account.Account.Name, $"{(long)ahead.TotalSeconds}");
    }
}
