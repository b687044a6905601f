namespace QuantDash.Core.Statements;

/// <summary>A statement's text cut at the titles of its parts.</summary>
internal sealed class StatementSections
{
    private static readonly string[] TitleEnds = ["资金状况", "明细", "汇总", "记录"];
    private readonly Dictionary<string, List<(int Number, string Text)>> _parts = new(StringComparer.Ordinal);

    /// <summary>Parts in the order of their first line; the one before any title is called "".</summary>
    public StatementSections(string text, StatementProblems problems)
    {
        var part = _parts[""] = [];
        var number = 0;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (TitleOf(line) is { } title)
            {
                if (_parts.ContainsKey(title)) problems.Add("statement_twice", number, title);
                part = _parts[title] = [(number, line)];
                continue;
            }

            part.Add((number, line));
        }
    }

    public IReadOnlyList<(int Number, string Text)> Head => _parts[""];

    /// <summary>Its lines with the title; null when there is no such part.</summary>
    public IReadOnlyList<(int Number, string Text)>? Find(string title) => _parts.GetValueOrDefault(title);

    /// <summary>The table under a title; null when there is no such part, or nothing in it.</summary>
    public StatementTable? Table(string title, StatementProblems problems)
    {
        if (Find(title) is not { } lines) return null;
        var rows = new List<StatementRow>();
        var heading = (StatementRow?)null;
        var ruled = false;
        foreach (var (number, text) in lines)
        {
            var line = text.Trim();
            if (line.StartsWith('|'))
            {
                // Between the headings and the first rule stand the same headings in English.
                if (heading is null) heading = new(number, Cells(line));
                else if (ruled) rows.Add(new(number, Cells(line)));
            }
            else if (IsRule(line))
            {
                ruled = heading is not null;
            }
        }

        return heading is null ? null : new(heading, rows, problems);
    }

    private static IReadOnlyList<string> Cells(string line) => [.. line[1..(line.Length > 1 && line[^1] == '|' ? ^1 : ^0)].Split('|').Select(cell => cell.Trim())];

    private static bool IsRule(string line) => line.Length > 3 && line.All(c => c is '-' or '─' or '━' or '=');

    /// <summary>成交记录 of <c>成交记录 Transaction Record</c>; null for any other line.</summary>
    private static string? TitleOf(string line)
    {
        var word = string.Concat(line.TrimStart().TakeWhile(c => c is >= '\u4e00' and <= '\u9fff'));
        if (word == "资金状况") return word;
        return word.Length is >= 4 and <= 12 && !line.Contains('：') && !line.Contains('|') && Array.Exists(TitleEnds, end => word.EndsWith(end, StringComparison.Ordinal)) ? word : null;
    }
}
