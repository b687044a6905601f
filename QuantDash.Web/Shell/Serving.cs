namespace QuantDash.Web.Shell;

/// <summary>How this process serves and how it ends: set by the command line before, and by whoever ends it.</summary>
internal sealed class Serving
{
    /// <summary>Ended because another process had become the trader: for service managers, which start it again to stand by.</summary>
    public const int FencedOff = 3;

    /// <summary>Ended because a person has to mend storage first: for service managers, which must not start it again and again.</summary>
    public const int UnusableStorage = 4;

    /// <summary>Whether it waits while another process trades. A verb that needs the engine does not: it says so and ends.</summary>
    public bool StandsBy { get; set; }

    public int ExitCode { get; set; }
}
