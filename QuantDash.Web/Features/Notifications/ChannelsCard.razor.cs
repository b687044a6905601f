using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Notifications;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;
using QuantDash.Web.Problems;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Notifications;

/// <summary>The ways messages take: how each fares, a trial over each, and their settings.</summary>
public sealed partial class ChannelsCard
{
    private NotificationChannel? _removing;
    private ChannelDraft? _draft;
    private TrialResult? _trial;
    private string? _problem;
    private Guid? _busy;

    [Inject] public required NotificationDesk Desk { get; init; }
    [Inject] public required ChannelTrial Trials { get; init; }
    [Inject] public required IChannelHealth Health { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }

    /// <summary>As they stand now; null until they were read.</summary>
    private IReadOnlyList<NotificationChannel>? Channels => View is null ? null : Desk.Current.Channels;

    protected override async IAsyncEnumerable<NotificationPlan> Source([EnumeratorCancellation] CancellationToken stop)
    {
        yield return await Desk.LoadAsync(stop);
        using var timer = new PeriodicTimer(Paces.Ages, Clock);
        while (await timer.WaitForNextTickAsync(stop)) yield return Desk.Current;
    }

    private async Task TryAsync(NotificationChannel channel)
    {
        (_busy, _trial, _problem) = (channel.Id, null, null);
        try
        {
            _trial = await Trials.OverAsync(channel.Id, CancellationToken.None);
        }
        finally
        {
            _busy = null;
        }
    }

    private async Task SwitchAsync(NotificationChannel channel) => Show(await Desk.ChangeAsync(channel.Id, new(IsEnabled: !channel.IsEnabled)));

    private async Task RemoveAsync(NotificationChannel channel)
    {
        _removing = null;
        Show(await Desk.DeleteAsync(channel.Id));
    }

    private void Saved() => (_draft, _trial, _problem) = (null, null, null);

    private void Show(Outcome<NotificationChannel> outcome)
    {
        _trial = null;
        _problem = outcome.Succeeded ? null : string.Join(' ', outcome.Problems.Select(p => ProblemSentences.Write(p, CultureInfo.CurrentUICulture)));
    }

    private string SentenceOf(TrialResult trial) => trial.Delivery.Result == DeliveryResult.Delivered
        ? Text["TrialTaken", trial.Channel.Name]
        : $"{trial.Channel.Name}: {string.Join(' ', DeliveryProblems.Of(trial.Delivery).Select(p => ProblemSentences.Write(p, CultureInfo.CurrentUICulture)))}";

    private static string HintOf(DeliveryHint? hint) => hint is { } known ? ProblemSentences.Write(DeliveryProblems.OfHint(known), CultureInfo.CurrentUICulture) : "";

    private string StateOf(NotificationChannel channel, ChannelHealth health)
    {
        var shown = ChannelFields.Of(channel.Kind).Where(f => !f.IsSecret && channel.Setting(f.Name).Length > 0).Select(f => channel.Setting(f.Name));
        var sent = health.LastSentAt is { } at ? Text["LastSent", ScreenTime.DayAndTime(at)].Value : Text["NothingSentYet"].Value;
        return string.Join(" · ", [.. shown, sent, .. health.Waiting > 0 ? [Text.Count("WaitingMessages", health.Waiting)] : Array.Empty<string>()]);
    }
}
