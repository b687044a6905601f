using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Notifications;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Notifications;

/// <summary>The form of one channel.</summary>
public sealed partial class ChannelDialog
{
    private IReadOnlyList<Problem> _problems = [];
    private bool _busy;

    [Parameter, EditorRequired] public required ChannelDraft Draft { get; set; }
    [Parameter, EditorRequired] public EventCallback OnSaved { get; set; }
    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }
    [Inject] public required NotificationDesk Desk { get; init; }

    private async Task SaveAsync()
    {
        if (_busy) return;
        _busy = true;
        try
        {
            var outcome = Draft.Id is { } id ? await Desk.ChangeAsync(id, Draft.ToEdit()) : await Desk.CreateAsync(Draft.ToEdit());
            _problems = outcome.Problems;
            if (outcome.Succeeded) await OnSaved.InvokeAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private void Set(ChannelField field, ChangeEventArgs change) => Draft.Values[field.Name] = change.Value as string ?? "";

    private void Clear(ChannelField field, ChangeEventArgs change)
    {
        if (change.Value is true) Draft.Cleared.Add(field.Name);
        else Draft.Cleared.Remove(field.Name);
    }

    private string LabelOf(ChannelField field) => field.Name == ChannelFields.Url ? Text["Field.url." + Draft.Kind] : Text["Field." + field.Name];

    private string PlaceholderOf(ChannelField field, SecretAnswer secret) => secret switch
    {
        { IsSet: true, Ending: { } ending } => Text["SetEnding", ending],
        { IsSet: true } => Text["Set"],
        _ => field.IsRequired ? "" : Text["Optional"],
    };

    private string Invalid(string field) => SentenceFor(field) is null ? "false" : "true";

    private string? SentenceFor(string field) => _problems.FirstOrDefault(p => p.Field == field) is { } problem ? ProblemSentences.Write(problem, CultureInfo.CurrentUICulture) : null;
}
