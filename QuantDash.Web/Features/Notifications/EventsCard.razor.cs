using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Notifications;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Notifications;

/// <summary>Of which events the trader is told: with sound, without, or not at all, and which of them wake. A change holds at once.</summary>
public sealed partial class EventsCard
{
    private IReadOnlyList<EventSettingAnswer> _lines = [];
    private string? _problem;

    [Inject] public required NotificationDesk Desk { get; init; }

    protected override async Task OnInitializedAsync() => Show((await Desk.LoadAsync()).Settings);

    private Task ModeAsync(EventSettingAnswer line, ChangeEventArgs change) =>
        Enum.TryParse<EventMode>(change.Value as string, out var mode) ? SaveAsync(settings => settings with { Modes = new Dictionary<string, EventMode>(settings.Modes) { [line.Key] = mode } }) : Task.CompletedTask;

    private Task WakesAsync(EventSettingAnswer line, ChangeEventArgs change) =>
        SaveAsync(settings => settings with { Wakes = new Dictionary<string, bool>(settings.Wakes) { [line.Key] = change.Value is true } });

    private async Task SaveAsync(Func<NotificationSettings, NotificationSettings> change)
    {
        var outcome = await Desk.SaveAsync(change(Desk.Current.Settings));
        _problem = outcome.Succeeded ? null : string.Join(' ', outcome.Problems.Select(p => ProblemSentences.Write(p, CultureInfo.CurrentUICulture)));
        Show(Desk.Current.Settings);
    }

    private void Show(NotificationSettings settings) => _lines = NotificationSettingsAnswer.Of(settings).Events;
}
