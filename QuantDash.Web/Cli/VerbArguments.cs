namespace QuantDash.Web.Cli;

/// <summary>What follows a verb: at most one plain word first, then <c>--name value</c> pairs and switches.</summary>
internal sealed class VerbArguments(string[] words)
{
    /// <summary>The plain word; null when an option comes first.</summary>
    public string? First => words is [var first, ..] && !first.StartsWith('-') ? first : null;

    /// <summary>The word after <paramref name="name"/>; null when it is not given.</summary>
    public string? Value(string name)
    {
        var at = Array.IndexOf(words, name);
        return at >= 0 && at + 1 < words.Length ? words[at + 1] : null;
    }

    public bool Has(string name) => words.Contains(name);

    /// <summary>Cancelled by Ctrl-C, so that a verb ends in order.</summary>
    public static CancellationTokenSource StopOnControlC()
    {
        var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        return stop;
    }

    /// <summary>The words after every <paramref name="name"/>, in order.</summary>
    public IReadOnlyList<string> Values(string name) => [.. Enumerable.Range(1, Math.Max(0, words.Length - 1)).Where(at => words[at - 1] == name).Select(at => words[at])];

    /// <summary>Options (<c>--name</c>) in the order they were given; those that configure the host are not the verb's.</summary>
    public IEnumerable<string> Options => words.Where(word => word.StartsWith("--", StringComparison.Ordinal) && word is not "--urls" && !word.Contains(':', StringComparison.Ordinal));
}
