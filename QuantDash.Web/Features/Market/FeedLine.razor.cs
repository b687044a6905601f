using Microsoft.AspNetCore.Components;
using QuantDash.Core.Engine;
using QuantDash.Web.Live;

namespace QuantDash.Web.Features.Market;

/// <summary>How the feed of the account, and its link to the venue, stand now.</summary>
public sealed partial class FeedLine
{
    private FeedView? _feed;

    [Inject] public required FeedUptime Uptime { get; init; }

    protected override TimeSpan Pace => Paces.Quotes;

    protected override void Build(EngineSnapshot snapshot, AccountView? account) =>
        _feed = account is null ? null : FeedView.From(snapshot, account, Uptime.Of(account.Account.Source).Ratio);
}
