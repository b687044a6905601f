using System.Globalization;
using System.Text.RegularExpressions;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Statements;

/// <summary>Reads the usual settlement statement of a Chinese futures counter (CTP 结算单), 盯市 or 逐笔, and lists of trades. Strict: a statement is read whole or refused
/// with the line and the field of everything that is wrong with it.</summary>
public sealed partial class StatementReader(ContractCatalog catalog)
{
    /// <summary>Codes: <c>statement_…</c>, each with line and field.</summary>
    public Outcome<BrokerStatement> Read(string text)
    {
        var problems = new StatementProblems();
        var parts = new StatementSections(text, problems);
        if (parts.Find("资金状况") is not { } fundsLines) return Outcome<BrokerStatement>.Failure("file", "statement_unknown");
        if (Day(parts.Head) is not { } day) return Outcome<BrokerStatement>.Failure("file", "statement_no_day");
        var funds = new StatementFundsReader(fundsLines, problems);
        if (KindOf(parts.Head, funds) is not { } kind) return Outcome<BrokerStatement>.Failure("file", "statement_no_kind");
        var tables = new StatementTables(catalog, day, kind, problems);
        var statement = new BrokerStatement
        {
            Kind = kind,
            TradingDay = day,
            Client = Match(Client(), parts.Head),
            Currency = funds.Currency(),
            Funds = funds.Read(kind),
            Trades = parts.Table("成交记录", problems) is { } trades ? tables.Trades(trades) : [],
            ClosedPnl = parts.Table("平仓明细", problems) is { } closed ? tables.Closed(closed) : null,
            Positions = tables.Positions(parts.Table("持仓明细", problems), parts.Table("持仓汇总", problems)),
        };
        return problems.All.Count > 0 ? Outcome<BrokerStatement>.Failure(problems.All) : Outcome<BrokerStatement>.Success(statement);
    }

    /// <summary>A list of trades of one day, headings first, in Chinese or as our own export calls them.</summary>
    public Outcome<BrokerStatement> ReadTrades(IReadOnlyList<StatementRow> rows)
    {
        if (rows.Count == 0) return Outcome<BrokerStatement>.Failure("file", "file_empty");
        var problems = new StatementProblems();
        var table = new StatementTable(rows[0], rows.Skip(1), problems);
        var column = table.Column(true, "trading_day", "交易日", "成交日期", "日期");
        var days = table.Rows.Select(row => (Row: row, Text: table.Text(row, column), Day: ReadDay(table.Text(row, column)))).ToList();
        if (column >= 0)
        {
            foreach (var wrong in days.Where(d => d.Day is null)) problems.Add("statement_day", wrong.Row.Number, "trading_day", wrong.Text);
            if (days.Select(d => d.Day).OfType<DateOnly>().Distinct().Skip(1).Any()) problems.Add("statement_days");
        }

        if (rows.Count == 1) problems.Add("file_empty");
        var day = days.Select(d => d.Day).OfType<DateOnly>().FirstOrDefault();
        var trades = new StatementTables(catalog, day, StatementKind.Trades, problems).Trades(table);
        return problems.All.Count > 0
            ? Outcome<BrokerStatement>.Failure(problems.All)
            : Outcome<BrokerStatement>.Success(new() { Kind = StatementKind.Trades, TradingDay = day, Trades = trades });
    }

    internal static DateOnly? ReadDay(string text) =>
        DateOnly.TryParseExact(text, ["yyyyMMdd", "yyyy-MM-dd", "yyyy/MM/dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1990 and < 2100 ? day : null;

    private static DateOnly? Day(IReadOnlyList<(int Number, string Text)> head) => Match(Date(), head) is { } text ? ReadDay(text) : null;

    private static StatementKind? KindOf(IReadOnlyList<(int Number, string Text)> head, StatementFundsReader funds)
    {
        var title = string.Concat(head.Select(line => line.Text).Where(text => text.Contains("结算单", StringComparison.Ordinal) && !text.Contains('：')));
        if (title.Contains("盯市", StringComparison.Ordinal)) return StatementKind.ByDay;
        if (title.Contains("逐笔", StringComparison.Ordinal)) return StatementKind.ByTrade;
        return (funds.Has("盯市盈亏"), funds.Has("浮动盈亏")) switch
        {
            (true, false) => StatementKind.ByDay,
            (false, true) => StatementKind.ByTrade,
            _ => null,
        };
    }

    private static string? Match(Regex wanted, IReadOnlyList<(int Number, string Text)> head) =>
        head.Select(line => wanted.Match(line.Text)).FirstOrDefault(match => match.Success)?.Groups["value"].Value;

    [GeneratedRegex(@"日\s*期[^：:]*[：:]\s*(?<value>[0-9/-]{8,10})(?![0-9])", RegexOptions.None, 1000)]
    private static partial Regex Date();

    [GeneratedRegex(@"客户号[^：:]*[：:]\s*(?<value>[A-Za-z0-9_-]{1,64})(?=\s|$)", RegexOptions.None, 1000)]
    private static partial Regex Client();
}
