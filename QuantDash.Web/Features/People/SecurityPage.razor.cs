using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.People;

/// <summary>Everybody's own sign-in: password, second step, and where they are signed in.</summary>
public sealed partial class SecurityPage
{
    private IReadOnlyList<SessionRow> _sessions = [];
    private Guid? _self;

    [Inject] public required OwnAccount Own { get; init; }
    [Inject] public required Sessions Sessions { get; init; }
    [Inject] public required AuthenticationStateProvider Authentication { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _self = Sessions.UserOf((await Authentication.GetAuthenticationStateAsync()).User);
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        if (_self is not { } self) return;
        var here = Sessions.Of((await Authentication.GetAuthenticationStateAsync()).User);
        _sessions = [.. (await Sessions.ListAsync(self)).Select(session => SessionRow.Of(session, "", here))];
    }

    private async Task EndAsync(Guid session)
    {
        if (_self is { } self) await Own.EndSessionAsync(self, session);
        await ReadAsync();
    }
}
