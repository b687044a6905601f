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

    /// <summary>A sentence for every option that is not known, comes twice or lacks its value: a misspelt option must not be passed over.</summary>
    /// <param name="options">Those followed by a value.</param>
    public IEnumerable<string> Mistakes(IReadOnlyCollection<string> options, IReadOnlyCollection<string> switches)
    {
        for (var i = First is null ? 0 : 1; i < words.Length; i++)
        {
            var word = words[i];
            if (IsOfTheHost(word))
            {
                if (!word.Contains('=', StringComparison.Ordinal)) i++;
                continue;
            }

            if (!options.Contains(word) && !switches.Contains(word)) yield return $"{word} is not known here.";
            else if (Array.IndexOf(words, word) != i) yield return $"{word} is there twice.";
            if (!options.Contains(word)) continue;
            if (++i >= words.Length || words[i].StartsWith("--", StringComparison.Ordinal)) yield return $"{word} needs a value.";
        }
    }

    /// <summary>Settings, which any start takes: <c>--urls</c>, <c>--QuantDash:DataDirectory=…</c>.</summary>
    private static bool IsOfTheHost(string word) => word is "--urls" or "--environment" || (word.StartsWith("--", StringComparison.Ordinal) && word.AsSpan().ContainsAny(':', '='));

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
