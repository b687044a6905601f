using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Security;

/// <summary>How many windows each person holds open.</summary>
internal sealed class OpenWindows
{
    private readonly ConcurrentDictionary<string, int> _held = new(StringComparer.Ordinal);

    public int Of(string person) => _held.GetValueOrDefault(person);

    public bool TryOpen(string person, int most)
    {
        if (_held.AddOrUpdate(person, 1, (_, held) => held + 1) <= most) return true;
        Close(person);
        return false;
    }

    public void Close(string person) => _held.AddOrUpdate(person, 0, (_, held) => Math.Max(0, held - 1));
}

/// <summary>Ends a window above what one person may hold: each is a page that is computed many times a second, and a script that opens them without end would take the
/// machine from what trades.</summary>
internal sealed partial class CircuitLimit(OpenWindows windows, AuthenticationStateProvider authentication, IOptions<QuantDashOptions> options, ILogger<CircuitLimit> log) : CircuitHandler
{
    private string? _held;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var person = (await authentication.GetAuthenticationStateAsync()).User.Identity?.Name ?? "";
        if (windows.TryOpen(person, options.Value.Limits.WindowsPerPerson))
        {
            _held = person;
            return;
        }

        Refused(log, person, options.Value.Limits.WindowsPerPerson);
        throw new InvalidOperationException($"{person} holds {options.Value.Limits.WindowsPerPerson} windows already, which is the most (QuantDash:Limits:WindowsPerPerson).");
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _held, null) is { } person) windows.Close(person);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "{Person} holds {Most} windows already: another one is refused")]
    private static partial void Refused(ILogger log, string person, int most);
}
