using System.Diagnostics.CodeAnalysis;

namespace QuantDash.Web.Jobs;

/// <summary>Which job, and on what: the same id twice is the same piece of work. As text <c>name</c> or <c>name:argument</c>.</summary>
/// <param name="Name">At most 40 of <c>[a-z0-9-]</c>.</param>
/// <param name="Argument">At most 80 of <c>[A-Za-z0-9._-]</c>; empty where the job needs none.</param>
public readonly record struct JobId(string Name, string Argument = "")
{
    public const int LongestName = 40;
    public const int LongestArgument = 80;

    public static bool TryParse([NotNullWhen(true)] string? text, out JobId id)
    {
        id = default;
        if (string.IsNullOrEmpty(text)) return false;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (name, argument) = colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
        if (name.Length is 0 or > LongestName || argument.Length > LongestArgument || (colon >= 0 && argument.Length == 0)) return false;
        if (!name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || !argument.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')) return false;
        id = new(name, argument);
        return true;
    }

    public override string ToString() => Argument.Length == 0 ? Name : $"{Name}:{Argument}";
}
