using QuantDash.Web.Ui;

namespace QuantDash.Web.Shell;

/// <summary>One page of the frame's list.</summary>
/// <param name="Name">Its text's key.</param>
/// <param name="OnPhone">In the phone's bar, which holds five; the rest are in its menu.</param>
internal sealed record NavEntry(string Address, string Name, IconName Icon, bool OnPhone = true)
{
    public static IReadOnlyList<NavEntry> All { get; } =
    [
        new("/", "Overview", IconName.Overview),
        new("/market", "Market", IconName.Market),
        new("/positions", "Positions", IconName.Positions),
        new("/lock", "Locks", IconName.Lock),
        new("/account", "Account", IconName.Account),
        new("/strategy", "Strategies", IconName.Bolt, OnPhone: false),
        new("/backtests", "Backtests", IconName.Chart, OnPhone: false),
        new("/bridge", "Bridge", IconName.Bridge, OnPhone: false),
        new("/system", "System", IconName.System, OnPhone: false),
        new("/settings", "Settings", IconName.User, OnPhone: false),
    ];
}
