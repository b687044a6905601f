using Microsoft.Extensions.Options;

namespace QuantDash.Web.Configuration;

/// <summary>Names every mistake at once, with the key and what it allows, so that nobody restarts three times for three typos.</summary>
internal sealed class QuantDashOptionsValidator : IValidateOptions<QuantDashOptions>
{
    private static readonly string[] Roles = ["all", "trader", "worker"];

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

        if (!Roles.Contains(options.Role, StringComparer.Ordinal))
        {
            yield return $"QuantDash:Role is '{options.Role}': use {string.Join(", ", Roles)}";
        }
    }
}
