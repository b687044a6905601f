using System.Globalization;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Locks;

public enum HistoryKind { Triggers, Executions }

/// <summary>What is chosen above the history; days are the exchange's.</summary>
public sealed class HistoryFilter
{
    public HistoryKind Kind { get; set; }
    public bool Executions => Kind == HistoryKind.Executions;
    public string Symbol { get; set; } = "";
    public TriggerStatus? Status { get; set; }
    public ConditionKind? Condition { get; set; }
    public DateOnly? From { get; set; }

    /// <summary>The last day shown.</summary>
    public DateOnly? To { get; set; }

    /// <summary>Null when the contract is none.</summary>
    public LockFilter? Build(AccountId? account)
    {
        Symbol? symbol = null;
        if (Symbol.Trim() is { Length: > 0 } text)
        {
            try
            {
                symbol = Core.Primitives.Symbol.ParseCanonical(text);
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                return null;
            }
        }

        return new()
        {
            AccountId = account,
            Symbol = symbol,
            Status = Executions ? null : Status,
            Condition = Executions ? null : Condition,
            Since = Start(From),
            Before = Start(To?.AddDays(1)),
        };
    }

    /// <summary>The same as a query of the CSV addresses.</summary>
    public string Query(AccountId? account, string since = "since", string before = "before")
    {
        List<string> parts = [];
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) parts.Add($"{name}={Uri.EscapeDataString(value)}");
        }

        Add("account_id", account?.Value.ToString("D"));
        Add("symbol", Symbol.Trim());
        if (!Executions)
        {
            Add("status", Status is { } status ? WireNames<TriggerStatus>.Of(status) : null);
            Add("trigger_type", Condition is { } condition ? WireNames<ConditionKind>.Of(condition) : null);
        }

        Add(since, Start(From)?.ToString("O", CultureInfo.InvariantCulture));
        Add(before, Start(To?.AddDays(1))?.ToString("O", CultureInfo.InvariantCulture));
        return string.Join('&', parts);
    }

    private static DateTimeOffset? Start(DateOnly? day) => day is { } date ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), ScreenTime.ExchangeOffset) : null;
}
