using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using QuantDash.Core.Engine;
using QuantDash.Core.Notifications;
using QuantDash.Web.Configuration;
using QuantDash.Web.Trading;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Notifications;

/// <summary>Makes messages of events, in the language that was set for them: the title says what and where, the message what the tape says.</summary>
public sealed class MessageWriter(
    TradingRuntime runtime, ConfirmDesk desk, NotificationDesk settings, IStringLocalizer<NotificationText> text, IStringLocalizer<TapeText> tape, IOptions<QuantDashOptions> options)
{
    // Of several in one: the least that any of the receivers takes.
    private const int MostBytes = 1700;

    // Queued by a version that announced it.
    private static readonly Announcement Other = new("information_source", NotificationPriority.Normal);
    private readonly Uri? _address = options.Value.PublicAddress;

    /// <summary>How loudly an event is announced.</summary>
    public static NotificationPriority PriorityOf(TapeEvent entry) => (NotificationTable.For(entry.Key, entry.Severity) ?? Other).Priority;

    /// <summary>The message of an event of the tape; null when nobody needs it any more.</summary>
    public async Task<Notification?> WriteAsync(QueuedNotification queued, CancellationToken stop)
    {
        if (queued.Event is not { Key: NotificationTable.AsksForConfirmation or NotificationTable.AsksToUnlock, SubjectId: { } id }) return await TellAsync(queued, stop);
        return await desk.WaitingAsync(id, stop) is { } waiting ? await AskAsync(await TellAsync(queued, stop), waiting) : null;
    }

    // The account is asked of the engine: a snapshot may be older than what is told, and a replay must never read like the real thing.
    private async Task<Notification> TellAsync(QueuedNotification queued, CancellationToken stop)
    {
        var entry = queued.Event;
        var announcement = NotificationTable.For(entry.Key, entry.Severity) ?? Other;
        var account = entry.AccountId is { } id ? await runtime.RunAsync((engine, _) => engine.FindAccount(id), stop) : null;
        return InLanguage(() => new Notification
        {
            Id = queued.Id,
            Title = TitleOf(entry, account?.Replay == true),
            Message = account is { } known ? $"{SentenceOf(entry)}\n{known.Account.Name}" : SentenceOf(entry),
            Priority = announcement.Priority,
            Tags = [announcement.Tag],
            Event = entry.Key,
            Click = _address is null ? null : new Uri(_address, "lock"),
        });
    }

    /// <summary>Adds what is needed to decide from afar: the price of this moment, and a link that is good for this trigger alone.</summary>
    private async Task<Notification> AskAsync(Notification message, WaitingTrigger waiting)
    {
        var price = waiting.PriceNow ?? waiting.Trigger.TriggerPrice;
        var lines = message.Message.Split('\n');
        var asked = message with { Message = string.Join('\n', [lines[0], InLanguage(() => text["PriceNow", price].Value), .. lines[1..]]) };
        if (_address is null) return asked;
        var token = await desk.IssueAsync(waiting, price);
        return asked with
        {
            Click = new Uri(_address, "confirm/" + token),
            Button = new(InLanguage(() => text["Confirm"].Value), new Uri(_address, "confirm"), JsonSerializer.Serialize(new { token })),
        };
    }

    /// <summary>A message that tries the way.</summary>
    public Notification Trial(string? title, string? message) => InLanguage(() => new Notification
    {
        Id = Guid.CreateVersion7(),
        Title = title ?? text["TrialTitle"],
        Message = message ?? text["TrialMessage"],
        Priority = NotificationPriority.Normal,
        Tags = ["bell"],
    });

    /// <summary>The first of them in one message, and how many it holds: as many as fit, one at least, which then is itself.</summary>
    public (Notification Message, int Taken) Several(IReadOnlyList<Notification> messages)
    {
        var (lines, bytes) = (new List<string>(), 0);
        foreach (var message in messages)
        {
            var line = $"• {message.Title}: {message.Message.Replace('\n', ' ')}";
            bytes += Encoding.UTF8.GetByteCount(line) + 1;
            if (bytes > MostBytes && lines.Count > 0) break;
            lines.Add(line);
        }

        if (lines.Count == 1) return (messages[0], 1);
        return (InLanguage(() => new Notification
        {
            Id = messages[0].Id,
            Title = text["Several", lines.Count],
            Message = string.Join('\n', lines),
            Priority = messages.Take(lines.Count).Max(m => m.Priority),
            Tags = ["bookmark_tabs"],
            IsSilent = messages.Take(lines.Count).All(m => m.IsSilent),
            Click = _address is null ? null : new Uri(_address, "lock"),
        }), lines.Count);
    }

    private string TitleOf(TapeEvent entry, bool isReplay)
    {
        var named = text["Title." + entry.Key];
        var what = named.ResourceNotFound ? text["Title.other"] : named;
        var title = entry.Symbol is { } symbol ? $"{what.Value} · {symbol}" : what.Value;
        return isReplay ? $"[{text["Replay"].Value}] {title}" : title;
    }

    private string SentenceOf(TapeEvent entry) => TapeLine.From(entry, tape).Sentence;

    private T InLanguage<T>(Func<T> write)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(settings.Language);
        try
        {
            return write();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
