using System.Globalization;

namespace QuantDash.Tests.Support;

/// <summary>How much a test of RELIABILITY.md does: a short form in every run, the full numbers with `./test.sh --full` (QUANTDASH_PROFILE=full).</summary>
internal static class Profile
{
    /// <summary>The trait of such a test; its value is the id: [Trait(Profile.Reliability, "A4")].</summary>
    public const string Reliability = "Reliability";

    public static bool IsFull { get; } = Requirements.Variable("QUANTDASH_PROFILE") == "full";

    /// <summary>How often: what the environment says under that name, else the number of this profile.</summary>
    public static int Number(string variable, int inShort, int inFull) =>
        Requirements.Variable(variable) is { } told ? int.Parse(told, CultureInfo.InvariantCulture) : Number(inShort, inFull);

    /// <inheritdoc cref="Number(string, int, int)"/>
    public static int Number(int inShort, int inFull) => IsFull ? inFull : inShort;
}
