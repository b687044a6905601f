using Microsoft.Extensions.Options;

namespace QuantDash.Web.Configuration;

/// <summary>Names every mistake at once, with the key and what it allows, so that nobody restarts three times for three typos.</summary>
internal sealed class QuantDashOptionsValidator : IValidateOptions<QuantDashOptions>
{
    private const int ShortestSecret = 8;

    public ValidateOptionsResult Validate(string? name, QuantDashOptions options)
    {
        var mistakes = Mistakes(options).ToList();
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Mistakes(QuantDashOptions options)
    {
        if (options.DataDirectory.Length == 0)
        {
            yield return "QuantDash:DataDirectory is empty: name a folder, such as data";
        }

        if (ProcessRoles.Parse(options.Role) is null)
        {
            yield return $"QuantDash:Role is '{options.Role}': use {string.Join(", ", ProcessRoles.Names)}";
        }

        if (options.PublicUrl.Length > 0 && options.PublicAddress is null)
        {
            yield return $"QuantDash:PublicUrl is '{options.PublicUrl}': write the address that a phone opens, such as https://dash.example.com";
        }

        foreach (var mistake in options.Notifications.Mistakes().Concat(options.Backup.Mistakes()).Concat(options.Ticks.Mistakes()).Concat(options.Watchdog.Mistakes()).Concat(options.Telemetry.Mistakes())
            .Concat(options.Orders.Mistakes()).Concat(options.Streams.Mistakes()).Concat(options.Limits.Mistakes()).Concat(options.Strategies.Mistakes()))
        {
            yield return mistake;
        }

        if (options.LeastFreeMegabytes is < 0 or > QuantDashOptions.MostFreeMegabytes)
        {
            yield return $"QuantDash:LeastFreeMegabytes is {options.LeastFreeMegabytes}: use 1 to {QuantDashOptions.MostFreeMegabytes}, or 0 for no watch";
        }

        if (options.RunsAs == ProcessRole.Watchdog && options.Notifications.NtfyUrl.Length == 0)
        {
            yield return "QuantDash:Role is watchdog, but no QuantDash:Notifications:NtfyUrl (or NTFY_URL) says where to call: it would watch in silence";
        }

        if (options.Auth.AdminPassword is { Length: > 0 and < ShortestSecret } password)
        {
            yield return $"QuantDash:Auth:AdminPassword has {password.Length} characters: use {ShortestSecret} or more";
        }

        if (options.Auth.BootstrapApiKey is { Length: > 0 and < ShortestSecret } key)
        {
            yield return $"QuantDash:Auth:BootstrapApiKey has {key.Length} characters: use {ShortestSecret} or more, better 32 random ones";
        }
    }
}
