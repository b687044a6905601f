using System.Globalization;
using Microsoft.AspNetCore.Components;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Notifications;

/// <summary>Language, quiet hours and limits of messages.</summary>
public sealed partial class WhenCard
{
    private static readonly string[] UsualZones = ["Asia/Shanghai", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Tokyo", "Europe/London", "Europe/Berlin", "America/New_York", "America/Chicago", "UTC"];

    private IReadOnlyList<Problem> _problems = [];
    private string _language = "";
    private TimeOnly? _from;
    private TimeOnly? _to;
    private string _zone = "";
    private decimal? _available;
    private decimal? _loss;
    private int _days;
    private bool _saved;

    [Inject] public required NotificationDesk Desk { get; init; }

    protected override async Task OnInitializedAsync()
    {
        var settings = (await Desk.LoadAsync()).Settings;
        (_language, _from, _to, _zone) = (settings.Language ?? "", settings.QuietFrom, settings.QuietTo, settings.Zone);
        (_available, _loss, _days) = (settings.AvailableBelow, settings.DayLossAbove, settings.LastDayWithin);
    }

    private async Task SaveAsync()
    {
        var outcome = await Desk.SaveAsync(Desk.Current.Settings with
        {
            Language = _language.Length == 0 ? null : _language, QuietFrom = _from, QuietTo = _to, Zone = _zone.Trim(), AvailableBelow = _available, DayLossAbove = _loss, LastDayWithin = _days,
        });
        (_problems, _saved) = (outcome.Problems, outcome.Succeeded);
    }

    private string? SentenceFor(string field) => _problems.FirstOrDefault(p => p.Field == field) is { } problem ? ProblemSentences.Write(problem, CultureInfo.CurrentUICulture) : null;
}
