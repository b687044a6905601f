using Microsoft.Extensions.Options;
using QuantDash.Core.Audit;
using QuantDash.Core.Notifications;
using QuantDash.Core.Primitives;
using QuantDash.Web.Configuration;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Notifications;

/// <summary>Which ways there are and what the trader wants to be told, as they stand now.</summary>
/// <param name="Channels">That of the configuration first.</param>
/// <param name="Version">Another after every change.</param>
public sealed record NotificationPlan(IReadOnlyList<NotificationChannel> Channels, NotificationSettings Settings, long Version)
{
    public IReadOnlyList<NotificationChannel> Enabled { get; } = [.. Channels.Where(c => c.IsEnabled)];
}

/// <summary>Keeps channels and settings in memory and in the database, and writes every change into the audit log.</summary>
public sealed class NotificationDesk : IDisposable
{
    private const string Gone = "its channel was removed";
    private const string SwitchedOff = "its channel was switched off";

    private readonly INotificationChannels _channels;
    private readonly INotificationPreferences _preferences;
    private readonly INotificationOutbox _outbox;
    private readonly IAuditLog _audit;
    private readonly TimeProvider _clock;
    private readonly NotificationOptions _options;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile NotificationPlan _plan;
    private volatile bool _loaded;

    public NotificationDesk(INotificationChannels channels, INotificationPreferences preferences, INotificationOutbox outbox, IAuditLog audit, IOptions<QuantDashOptions> options, TimeProvider clock)
    {
        (_channels, _preferences, _outbox, _audit, _clock, _options) = (channels, preferences, outbox, audit, clock, options.Value.Notifications);
        _plan = new(WithConfigured([]), NotificationSettings.Default, 0);
    }

    /// <summary>Until the first <see cref="LoadAsync"/>: what the configuration says.</summary>
    public NotificationPlan Current => _plan;

    /// <summary>Of messages, e.g. <c>zh-CN</c>.</summary>
    public string Language => _plan.Settings.Language ?? _options.Language;

    /// <summary>Reads them from the database the first time.</summary>
    public async ValueTask<NotificationPlan> LoadAsync(CancellationToken stop = default)
    {
        if (_loaded) return _plan;
        await _turn.WaitAsync(stop);
        try
        {
            if (!_loaded) await ReadAsync(stop);
            return _plan;
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task<Outcome<NotificationChannel>> CreateAsync(ChannelEdit edit) => InTurnAsync(async () =>
    {
        var (channel, problems) = edit.On(null, _plan.Channels, _clock.GetUtcNow());
        if (problems.Count > 0) return Outcome<NotificationChannel>.Failure(problems);
        await _channels.SaveAsync(channel);
        await RecordAsync("notification_channel.created", channel.Id.ToString(), null, ChannelAudit.Of(channel));
        return Outcome<NotificationChannel>.Success(channel);
    });

    public Task<Outcome<NotificationChannel>> ChangeAsync(Guid id, ChannelEdit edit) => InTurnAsync(async () =>
    {
        if (Stored(id) is not { Succeeded: true, Value: var before }) return Stored(id);
        var (channel, problems) = edit.On(before, _plan.Channels, _clock.GetUtcNow());
        if (problems.Count > 0) return Outcome<NotificationChannel>.Failure(problems);
        await _channels.SaveAsync(channel);
        if (before.IsEnabled && !channel.IsEnabled) await _outbox.DropAsync(id, SwitchedOff);
        await RecordAsync("notification_channel.changed", id.ToString(), ChannelAudit.Of(before), ChannelAudit.Of(channel, before));
        return Outcome<NotificationChannel>.Success(channel);
    });

    public Task<Outcome<NotificationChannel>> DeleteAsync(Guid id) => InTurnAsync(async () =>
    {
        if (Stored(id) is not { Succeeded: true, Value: var before }) return Stored(id);
        await _channels.DeleteAsync(id);
        await _outbox.DropAsync(id, Gone);
        await RecordAsync("notification_channel.deleted", id.ToString(), ChannelAudit.Of(before), null);
        return Outcome<NotificationChannel>.Success(before);
    });

    public Task<Outcome<NotificationSettings>> SaveAsync(NotificationSettings settings) => InTurnAsync(async () =>
    {
        if (settings.Check() is { Count: > 0 } problems) return Outcome<NotificationSettings>.Failure(problems);
        var before = _plan.Settings;
        var now = _clock.GetUtcNow();
        await _preferences.SaveAsync(settings, now);
        await _outbox.ReleaseAsync(now); // What is still to be held is held again when it is looked at.
        await RecordAsync("notification_settings.changed", null, ChannelAudit.Of(before), ChannelAudit.Of(settings));
        return Outcome<NotificationSettings>.Success(settings);
    });

    public void Dispose() => _turn.Dispose();

    private async Task<Outcome<T>> InTurnAsync<T>(Func<Task<Outcome<T>>> work)
    {
        await LoadAsync();
        await _turn.WaitAsync();
        try
        {
            var outcome = await work();
            if (outcome.Succeeded) await ReadAsync(CancellationToken.None);
            return outcome;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        _plan = new(WithConfigured(await _channels.ListAsync(stop)), await _preferences.LoadAsync(stop), _plan.Version + 1);
        _loaded = true;
    }

    private IReadOnlyList<NotificationChannel> WithConfigured(IReadOnlyList<NotificationChannel> stored) => _options.Channel is { } configured ? [configured, .. stored] : stored;

    private Outcome<NotificationChannel> Stored(Guid id) =>
        id == NotificationChannel.ConfiguredId && _options.Channel is not null ? Outcome<NotificationChannel>.Failure("id", "channel_from_configuration")
        : _plan.Channels.FirstOrDefault(c => c.Id == id) is { } found ? Outcome<NotificationChannel>.Success(found)
        : Outcome<NotificationChannel>.Failure("id", "unknown_channel", id);

    private Task RecordAsync(string action, string? subject, string? before, string? after) =>
        _audit.RecordAsync(new() { At = _clock.GetUtcNow(), Actor = Acting.Now, Action = action, Subject = subject, Before = before, After = after });
}
