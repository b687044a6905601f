using QuantDash.Web.Security;

namespace QuantDash.Tests.Support;

/// <summary>Notes what it was asked to keep.</summary>
internal sealed class SampleLook : IPersonalLook
{
    public List<(string Cookie, string Value)> Kept { get; } = [];

    public Task KeepAsync(string cookie, string value)
    {
        Kept.Add((cookie, value));
        return Task.CompletedTask;
    }
}
