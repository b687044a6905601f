using System.Text.RegularExpressions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Statements;

/// <summary>资金状况: pairs of a Chinese label and a number, two a line.</summary>
internal sealed partial class StatementFundsReader(IReadOnlyList<(int Number, string Text)> lines, StatementProblems problems)
{
    private readonly Dictionary<string, (int Line, string Text)> _told = new(StringComparer.Ordinal);

    public StatementFunds Read(StatementKind kind)
    {
        foreach (var (number, text) in lines.Skip(1))
            foreach (Match pair in Pairs().Matches(text)) Take(number, pair.Groups["label"].Value, pair.Groups["value"].Value);
        var open = kind == StatementKind.ByDay ? Needed("持仓盯市盈亏", "盯市盈亏", "持仓盈亏") : Needed("浮动盈亏", "持仓浮动盈亏");
        var other = Told("期权执行盈亏") + Told("交割盈亏") + Told("权利金收入") - Told("权利金支出") - Told("行权手续费") - Told("交割手续费");
        return new(
            Needed("期初结存", "上日结存"), Needed("出入金", "当日存取合计"), Needed("平仓盈亏"), open, Needed("手续费", "当日手续费"), other, Needed("期末结存", "当日结存"), Needed("客户权益"), Needed("保证金占用"),
            Needed("可用资金"), Ratio());
    }

    public bool Has(string label) => lines.Any(line => Label(line.Text).Contains(label, StringComparison.Ordinal));

    /// <summary>From the title's <c>币种：人民币 … Currency：CNY</c>; null when it does not say.</summary>
    public Currency? Currency()
    {
        var title = lines[0].Text;
        if (title.Contains("人民币", StringComparison.Ordinal)) return Primitives.Currency.Cny;
        return CurrencyCode().Match(title) is { Success: true } code && Primitives.Currency.IsValid(code.Groups["code"].Value) ? new(code.Groups["code"].Value) : null;
    }

    private void Take(int line, string label, string text)
    {
        var name = Label(label);
        if (name.Length > 0 && !_told.TryAdd(name, (line, text))) problems.Add("statement_twice", line, name);
    }

    private decimal Needed(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (_told.TryGetValue(name, out var told)) return problems.Number(told.Line, name, told.Text);
        problems.Add("statement_missing", lines[0].Number, names[0]);
        return 0;
    }

    private decimal Told(string name) => _told.TryGetValue(name, out var told) ? problems.Number(told.Line, name, told.Text) : 0;

    private decimal Ratio()
    {
        if (_told.TryGetValue("风险度", out var told) && told.Text.EndsWith('%')) return problems.Number(told.Line, "风险度", told.Text[..^1]) / 100;
        if (told.Text is null) problems.Add("statement_missing", lines[0].Number, "风险度");
        else problems.Add("statement_number", told.Line, "风险度", told.Text);
        return 0;
    }

    private static string Label(string text) => string.Concat(text.Where(c => c is >= '\u4e00' and <= '\u9fff'));

    [GeneratedRegex(@"(?<label>[\u4e00-\u9fff][^：:|]*?)[：:]+\s*(?<value>[^\s：:]+)", RegexOptions.None, 1000)]
    private static partial Regex Pairs();

    [GeneratedRegex(@"Currency\s*[：:]\s*(?<code>[A-Z]{3})", RegexOptions.None, 1000)]
    private static partial Regex CurrencyCode();
}
