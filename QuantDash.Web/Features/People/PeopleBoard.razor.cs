using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.People;

/// <summary>Who may sign in, as what, and where they are signed in now.</summary>
public sealed partial class PeopleBoard
{
    private IReadOnlyList<Person> _people = [];
    private IReadOnlyList<SessionRow> _sessions = [];
    private IReadOnlyList<string> _sentences = [];
    private (string Name, string Address)? _link;
    private Person? _deleting;
    private Reconfirm? _reconfirm;
    private Guid? _self;
    private int _version;
    private string _name = "";
    private string _role = Roles.Viewer;

    [Inject] public required PeopleDesk Desk { get; init; }
    [Inject] public required Sessions Sessions { get; init; }
    [Inject] public required AuthenticationStateProvider Authentication { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _self = Sessions.UserOf((await Authentication.GetAuthenticationStateAsync()).User);
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var here = Sessions.Of((await Authentication.GetAuthenticationStateAsync()).User);
        _people = await Desk.ListAsync();
        var names = _people.ToDictionary(person => person.Id, person => person.Name);
        _sessions = [.. (await Sessions.ListAsync(null)).Select(session => SessionRow.Of(session, names.GetValueOrDefault(session.UserId, ""), here))];
    }

    private Task AddAsync() => InviteAsync(async () =>
    {
        var added = await Desk.AddAsync(_name.Trim(), _role);
        if (added.Succeeded) (_name, _role) = ("", Roles.Viewer);
        return added;
    });

    private Task DeleteAsync(Guid id)
    {
        _deleting = null;
        return RunAsync(() => Desk.DeleteAsync(id, _self));
    }

    // Ending a session asks for nothing: whoever has to hurry must not be held up.
    private async Task EndAsync(Guid session)
    {
        await Desk.EndSessionAsync(session);
        await ReadAsync();
    }

    private Task InviteAsync(Func<Task<Outcome<Invited>>> work) => _reconfirm!.RunAsync(async () =>
    {
        var outcome = await work();
        _link = outcome.Succeeded ? (outcome.Value.Person.Name, Navigation.ToAbsoluteUri("/setup?token=" + outcome.Value.Token).ToString()) : null;
        await TellAsync(outcome.Problems);
    });

    private Task RunAsync(Func<Task<Outcome<Person>>> work) => _reconfirm!.RunAsync(async () =>
    {
        _link = null;
        await TellAsync((await work()).Problems);
    });

    private async Task TellAsync(IReadOnlyList<Problem> problems)
    {
        _sentences = [.. problems.Select(problem => ProblemSentences.Write(problem, CultureInfo.CurrentUICulture))];
        await ReadAsync();
        Redraw();
        StateHasChanged(); // Also when it was the dialog that ran it.
    }

    // Rows made anew: a choice that was not carried out must not stay on the screen.
    private void Redraw() => _version++;
}
