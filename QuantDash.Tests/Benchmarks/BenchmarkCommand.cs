namespace QuantDash.Tests.Benchmarks;

/// <summary>`bench &lt;name&gt;… | all | list [--check]`: prints a table; with --check the exit code says whether a budget was missed.</summary>
internal static class BenchmarkCommand
{
    public static int Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        var check = arguments.Contains("--check");
        var names = arguments.Where(a => a != "--check").ToList();
        if (names is ["list"])
        {
            output.WriteLine(string.Join(Environment.NewLine, BenchmarkCatalog.All.Keys));
            return 0;
        }

        var unknown = names.Where(n => n != "all" && !BenchmarkCatalog.All.ContainsKey(n)).ToList();
        if (unknown.Count > 0)
        {
            output.WriteLine($"No benchmark named {string.Join(", ", unknown)}. There are: {string.Join(", ", BenchmarkCatalog.All.Keys)}");
            return 2;
        }

        var chosen = names.Count == 0 || names.Contains("all") ? [.. BenchmarkCatalog.All.Keys] : names;
        var missed = chosen.Count(name => Print(name, BenchmarkCatalog.All[name](), output));
        return check && missed > 0 ? 1 : 0;
    }

    private static bool Print(string name, IReadOnlyList<BenchmarkRow> rows, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{name,-64} {"measured",14} {"budget",16}  unit");
        foreach (var row in rows)
        {
            var promised = double.IsFinite(row.Budget);
            var budget = promised ? (row.Better is Better.Lower ? "≤ " : "≥ ") + BenchmarkRow.Format(row.Budget) : "";
            output.WriteLine($"{row.What,-64} {BenchmarkRow.Format(row.Figure),14} {budget,16}  {row.Unit,-10} {(promised ? row.Verdict : "")}".TrimEnd());
        }

        return rows.Any(r => r.Missed);
    }
}
