using System.Globalization;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Backtesting.Locks;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Locks.Backtests;

/// <summary>Reads an ask from JSON. What is wrong is in <see cref="JsonFields.Problems"/>.</summary>
internal static class LockBacktestReader
{
    public const int LongestWait = 86_400;

    /// <summary>Null: a rule could not be read.</summary>
    public static LockBacktestAsk? Read(JsonFields body, LockQuestion question, EngineSnapshot snapshot, ContractCatalog catalog, DateTimeOffset now)
    {
        if (RuleOf(body, snapshot, catalog, now) is not { } basis) return null;
        var contract = catalog.Find(basis.Symbol, TradingFields.DayOf(snapshot, snapshot.Accounts.FirstOrDefault(view => view.Account.Id == basis.AccountId), now));
        var changed = question == LockQuestion.Change ? Changed(body, basis, contract, now) : null;
        var (from, to) = (Day(body, "from"), Day(body, "to"));
        if (from > to) body.Refuse("to", "lock_backtest_backwards", from, to);
        return new()
        {
            Question = question,
            Rule = basis,
            Beside = body.Flag("beside") == true ? LockBacktestAsk.OthersOf(basis, snapshot) : [],
            Changed = changed,
            Source = Source(body),
            From = from,
            To = to,
            Bars = Bars(body),
            Path = body.Choice<BarPath>("path") ?? BarPath.Pessimistic,
            SpreadTicks = body.Integer("spread_ticks", 0, BarTicks.MostSpreadTicks) ?? 1,
            Volume = body.Volume("volume", contract),
            OpenPrice = Positive(body, "open_price") is { } price ? new Price(price) : null,
            AtFirstTick = body.Flag("at_first_tick") ?? false,
            OpenedOn = Day(body, "opened_on"),
            Cash = Positive(body, "cash"),
            ConfirmAfterSeconds = body.Integer("confirm_after", 0, LongestWait),
            X = question == LockQuestion.Sweep ? Axis(body, "x") : null,
            Y = question == LockQuestion.Sweep && body.HasValue("y") ? Axis(body, "y") : null,
        };
    }

    /// <summary>A stored rule by its id, or one that is written out as it would be saved.</summary>
    private static LockRule? RuleOf(JsonFields body, EngineSnapshot snapshot, ContractCatalog catalog, DateTimeOffset now)
    {
        if (body.HasValue("rule")) return Written(body.Object("rule"), snapshot, catalog, now);
        body.Require("config_id");
        if (body.Text("config_id") is not { } text) return null;
        if (Guid.TryParse(text, out var id) && snapshot.Rules.FirstOrDefault(view => view.Rule.Id == id) is { } stored) return stored.Rule;
        body.Refuse("config_id", "unknown_rule", text);
        return null;
    }

    private static LockRule? Written(JsonFields? fields, EngineSnapshot snapshot, ContractCatalog catalog, DateTimeOffset now)
    {
        if (fields is null) return null;
        fields.Require("account_id", "symbol", "direction", "trigger_type");
        var account = fields.Account(snapshot);
        var contract = fields.Contract(catalog, TradingFields.DayOf(snapshot, account, now));
        if (account is null || contract is null) return null;
        return LockRuleReader.Read(fields, LockRuleEndpoints.Blank(Guid.NewGuid(), account, contract, now), contract, DateTimeOffset.MinValue);
    }

    private static LockRule? Changed(JsonFields body, LockRule basis, Contract? contract, DateTimeOffset now)
    {
        body.Require("changes");
        return body.Object("changes") is { } fields ? LockRuleReader.Read(fields, basis with { UpdatedAt = now }, contract, DateTimeOffset.MinValue) : null;
    }

    private static LockAxisAsk? Axis(JsonFields body, string name)
    {
        body.Require(name);
        if (body.Object(name) is not { } fields) return null;
        fields.Require("parameter", "from", "to", "count");
        var (parameter, from, to, count) = (fields.Choice<LockParameter>("parameter"), fields.Number("from"), fields.Number("to"), fields.Integer("count", 1, LockAxis.MostValues));
        if (parameter is null || from is null || to is null || count is null) return null;
        foreach (var problem in Check(new(parameter.Value, from.Value, to.Value, count.Value), name)) body.Problems.Add(problem);
        return new(parameter.Value, from.Value, to.Value, count.Value);
    }

    /// <summary>What is wrong with an axis.</summary>
    public static IEnumerable<Problem> Check(LockAxisAsk axis, string name)
    {
        var (least, most) = axis.Parameter switch
        {
            LockParameter.LockRatio => (0.01m, 1m),
            LockParameter.ConfirmTicks => (1m, LockRuleValidation.MostConfirmTicks),
            _ => (0.00000001m, LockRuleValidation.LargestProfit),
        };
        if (axis.From < least || axis.From > most) yield return new($"{name}.from", "out_of_range", least, most, axis.From);
        if (axis.To < least || axis.To > most) yield return new($"{name}.to", "out_of_range", least, most, axis.To);
        if (axis.Count is < 1 or > LockAxis.MostValues) yield return new($"{name}.count", "out_of_range", 1, LockAxis.MostValues, axis.Count);
    }

    private static Timeframe? Bars(JsonFields body)
    {
        if (body.Text("bars", 8) is not { } text) return null;
        if (Timeframe.TryParse(text, out var timeframe)) return timeframe;
        body.Refuse("bars", "not_allowed", text, string.Join(", ", Timeframe.Common));
        return null;
    }

    private static SourceName? Source(JsonFields body)
    {
        if (body.Text("source") is not { } text) return null;
        if (SourceName.IsValid(text)) return new(text);
        body.Refuse("source", "not_a_source_name", text);
        return null;
    }

    private static DateOnly? Day(JsonFields body, string name)
    {
        if (body.Text(name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        body.Refuse(name, "not_a_day", text);
        return null;
    }

    private static decimal? Positive(JsonFields body, string name)
    {
        if (body.Number(name) is not { } number) return null;
        if (number > 0) return number;
        body.Refuse(name, "not_positive", number);
        return null;
    }
}
