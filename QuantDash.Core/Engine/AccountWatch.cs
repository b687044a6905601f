using System.Collections.Immutable;
using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>From where on the trader is told about an account, in its own currency; null: never.</summary>
/// <param name="LastDayWithin">Trading days before the last one of a held contract.</param>
public sealed record AccountLimits(decimal? AvailableBelow = null, decimal? DayLossAbove = null, int LastDayWithin = 3);

/// <summary>Something about an account that the trader is told. The last of its values is the trading day.</summary>
public sealed record AccountAlert(AccountId AccountId, Symbol? Symbol, TapeSeverity Severity, string Key, IReadOnlyList<string> Values);

/// <summary>What was told of accounts, by account, subject and contract. It is what the tape says: after a restart it is read from there, and nothing is told twice.</summary>
public sealed record AccountWatchState
{
    private readonly ImmutableDictionary<(AccountId Account, string Subject, Symbol? Symbol), Told> _told = ImmutableDictionary<(AccountId, string, Symbol?), Told>.Empty;

    private AccountWatchState(ImmutableDictionary<(AccountId, string, Symbol?), Told> told) => _told = told;

    public static AccountWatchState Nothing { get; } = new(ImmutableDictionary<(AccountId, string, Symbol?), Told>.Empty);

    /// <summary>After an event of the tape, in the tape's order; what is none of ours changes nothing.</summary>
    public AccountWatchState After(TapeEvent entry) =>
        entry.AccountId is { } account && entry.Key.StartsWith(AccountWatch.KeyPrefix, StringComparison.Ordinal) ? After(new AccountAlert(account, entry.Symbol, entry.Severity, entry.Key, entry.Values)) : this;

    public AccountWatchState After(AccountAlert alert)
    {
        if (alert.Values.Count == 0 || !DateOnly.TryParseExact(alert.Values[^1], AccountWatch.DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return this;
        var (subject, eased) = alert.Key switch
        {
            AccountWatch.RiskEased => (alert.Values[0] == AccountWatch.Percent(1m) ? AccountWatch.RiskOver : AccountWatch.RiskHigh, true),
            AccountWatch.AvailableEased => (AccountWatch.AvailableLow, true),
            AccountWatch.DayLossEased => (AccountWatch.DayLoss, true),
            _ => (alert.Key, false),
        };
        return new(_told.SetItem((alert.AccountId, subject, alert.Symbol), new(day, eased, alert.Values[0])));
    }

    internal Told? Of(AccountId account, string subject, Symbol? symbol = null) => _told.TryGetValue((account, subject, symbol), out var told) ? told : null;

    /// <param name="Day">The trading day on which it was told.</param>
    /// <param name="IsEased">It was told since that it is over.</param>
    /// <param name="First">The first value of what was told.</param>
    internal sealed record Told(DateOnly Day, bool IsEased, string First);
}

/// <summary>Decides what the trader is told about an account: each crossing once a trading day, and again when it had fallen back by five points.</summary>
public static class AccountWatch
{
    public const string KeyPrefix = "account.";
    public const string RiskHigh = "account.risk_high";
    public const string RiskOver = "account.risk_over";
    public const string RiskEased = "account.risk_eased";
    public const string AvailableLow = "account.available_low";
    public const string AvailableEased = "account.available_eased";
    public const string DayLoss = "account.day_loss";
    public const string DayLossEased = "account.day_loss_eased";
    public const string MarginStep = "account.margin_step";
    public const string LastDay = "account.last_day";

    internal const string DayFormat = "yyyy-MM-dd";
    private const decimal High = 0.8m;
    private const decimal Over = 1m;

    /// <summary>Points of the risk ratio, and the share of a limit in money, by which it must fall back before it is told again.</summary>
    private const decimal Band = 0.05m;

    // Margin without any equity behind it: beyond every limit, and no ratio.
    private const decimal Beyond = 10m;

    /// <summary>How many trading days ahead a higher margin is told.</summary>
    private const int MarginStepWithin = 3;

    /// <param name="view">The account as it stands.</param>
    /// <param name="expires">False: its source overrides expiry, and its contracts never end.</param>
    /// <param name="limits">From where on.</param>
    /// <param name="told">What was told already.</param>
    public static IReadOnlyList<AccountAlert> Look(AccountView view, bool expires, AccountLimits limits, AccountWatchState told, ContractCatalog catalog, TradingCalendar calendar)
    {
        if (view.Funds.TradingDay is not { } day) return [];
        var look = new OneLook(view, day, told);
        look.Risk();
        look.Available(limits.AvailableBelow);
        look.DayLossOver(limits.DayLossAbove);
        if (expires)
        {
            foreach (var position in view.Positions.Where(p => !p.IsFlat))
            {
                look.MarginStepOf(position, catalog, calendar);
                look.LastDayOf(position.Contract, limits.LastDayWithin, calendar);
            }
        }

        return look.Alerts;
    }

    internal static string Percent(decimal ratio) => ratio >= Beyond ? "1000" : (ratio * 100).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    private sealed class OneLook(AccountView view, DateOnly day, AccountWatchState told)
    {
        private readonly AccountId _account = view.Account.Id;

        public List<AccountAlert> Alerts { get; } = [];

        public void Risk()
        {
            var funds = view.Funds;
            if ((funds.RiskRatio ?? (funds is { Equity: <= 0, Margin: > 0 } ? Beyond : null)) is not { } ratio) return;

            // Beyond the second limit the first says nothing more.
            Cross(RiskHigh, ratio is >= High and < Over, ratio <= High - Band, TapeSeverity.Warning, RiskEased, Percent(High), Percent(ratio));
            Cross(RiskOver, ratio >= Over, ratio <= Over - Band, TapeSeverity.Danger, RiskEased, Percent(Over), Percent(ratio));
        }

        public void Available(decimal? limit)
        {
            if (limit is { } least && view.Funds.Available is { } now)
                Cross(AvailableLow, now < least, now >= least * (1 + Band), TapeSeverity.Warning, AvailableEased, Money(least), Money(now));
        }

        public void DayLossOver(decimal? limit)
        {
            if (limit is not { } most || view.Funds.HoldingPnl is not { } holding) return;
            var loss = view.Funds.FeesToday - view.Funds.ClosePnlToday - holding;
            Cross(DayLoss, loss > most, loss <= most * (1 - Band), TapeSeverity.Danger, DayLossEased, Money(most), Money(loss));
        }

        public void MarginStepOf(PositionView position, ContractCatalog catalog, TradingCalendar calendar)
        {
            var (before, next) = (catalog.TermsOn(position.Contract, day), day);
            for (var ahead = 0; ahead < MarginStepWithin; ahead++)
            {
                next = calendar.NextTradingDay(next);
                var after = catalog.TermsOn(position.Contract, next);
                var (from, to) = position.Long.Volume.IsZero || after.LongMargin <= before.LongMargin ? (before.ShortMargin, after.ShortMargin) : (before.LongMargin, after.LongMargin);
                var rises = (!position.Long.Volume.IsZero && after.LongMargin > before.LongMargin) || (!position.Short.Volume.IsZero && after.ShortMargin > before.ShortMargin);
                if (rises)
                {
                    if (told.Of(_account, MarginStep, position.Contract.Symbol)?.First != Day(next))
                        Tell(MarginStep, TapeSeverity.Warning, position.Contract.Symbol, Day(next), Percent(from.Value), Percent(to.Value));
                    return;
                }

                before = after;
            }
        }

        public void LastDayOf(Contract contract, int within, TradingCalendar calendar)
        {
            if (contract.LastTradingDay is not { } last || last < day || told.Of(_account, LastDay, contract.Symbol)?.Day >= day) return;
            var left = 0;
            for (var next = day; next < last && left <= within; left++) next = calendar.NextTradingDay(next);
            if (left <= within) Tell(LastDay, left == 0 ? TapeSeverity.Danger : TapeSeverity.Warning, contract.Symbol, Day(last), left.ToString(CultureInfo.InvariantCulture));
        }

        private void Cross(string key, bool beyond, bool back, TapeSeverity severity, string easedKey, params string[] values)
        {
            var before = told.Of(_account, key);
            if (beyond && (before is null || before.IsEased || before.Day < day)) Tell(key, severity, null, values);
            else if (back && before is { IsEased: false }) Tell(easedKey, TapeSeverity.Success, null, values);
        }

        private void Tell(string key, TapeSeverity severity, Symbol? symbol, params string[] values) => Alerts.Add(new(_account, symbol, severity, key, [.. values, Day(day)]));
    }
}
