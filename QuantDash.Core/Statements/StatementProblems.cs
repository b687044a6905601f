using System.Globalization;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Statements;

/// <summary>What is wrong with a statement, by line and field; after so many the reader has seen enough.</summary>
internal sealed class StatementProblems
{
    private const int Most = 20;
    private readonly List<Problem> _all = [];

    public IReadOnlyList<Problem> All => _all;

    public void Add(string code, params IReadOnlyList<object?> values)
    {
        if (_all.Count < Most) _all.Add(new("file", code, values));
    }

    /// <summary>A number as statements write it: <c>-1,234.50</c>.</summary>
    public decimal Number(int line, string field, string text)
    {
        if (TryNumber(text, out var number)) return number;
        Add("statement_number", line, field, text);
        return 0;
    }

    public static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && Math.Abs(number) < 1e15m;
}
