using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Limits;

/// <summary>How a limit's numbers are written.</summary>
public enum LimitUnit { Lots, Money, Count, Seconds, Ticks, Percent }

/// <summary>One limit of an account.</summary>
/// <param name="Name">Key of its text.</param>
/// <param name="Limit">Null: none is set.</param>
/// <param name="Used">Now; null where it is of a single order, or not known.</param>
/// <param name="Counts">It adds up: what is used of it is worth showing.</param>
/// <param name="Of">The contract that uses most of it.</param>
public sealed record LimitLine(string Name, LimitUnit Unit, decimal? Limit, decimal? Used, bool Counts, string? Of = null)
{
    /// <summary>What is left; null without a limit, or where its use is not known.</summary>
    public decimal? Left => Counts && Limit - Used is { } left ? Math.Max(0m, left) : null;

    public Tone Tone => Limit is not { } most || Used is not { } used || !Counts ? Tone.Weak : used >= most ? Tone.Danger : used >= most * 0.8m ? Tone.Warn : Tone.Good;
}

/// <summary>One contract that is held, ordered or has limits of its own.</summary>
public sealed record ContractLine(Symbol Symbol, ContractUse? Use, RiskLimits Limits, bool HasOwn)
{
    public decimal? LotsLeft => Limits.MaxPosition is { } most ? Math.Max(0m, most.Value - (Use?.Reach ?? 0m)) : null;

    public decimal? MoneyLeft => Limits.MaxPositionPerSymbol is { } most && Used is { } used ? Math.Max(0m, most - used) : null;

    public decimal? Used => Use is null ? 0m : Use.Value;
}

/// <summary>An account's card.</summary>
public sealed record LimitsCard(Account Account, RiskView Risk, IReadOnlyList<LimitLine> Lines, IReadOnlyList<ContractLine> Contracts)
{
    public static IReadOnlyList<LimitsCard> Of(EngineSnapshot snapshot) => [.. snapshot.Accounts.Select(Of)];

    private static RiskLimits? OwnOf(RiskView risk, ContractUse contract) => risk.Contracts.GetValueOrDefault(contract.Symbol);

    private static LimitsCard Of(AccountView view)
    {
        var (limits, use) = (view.Risk.Account, view.Risk.Use);
        // A contract with such a limit of its own is held to that one.
        var byLots = use.Contracts.Where(contract => OwnOf(view.Risk, contract)?.MaxPosition is null).ToList();
        var byMoney = use.Contracts.Where(contract => OwnOf(view.Risk, contract)?.MaxPositionPerSymbol is null).ToList();
        var (widest, dearest) = (byLots.MaxBy(contract => contract.Reach), byMoney.MaxBy(contract => contract.Value));
        IReadOnlyList<LimitLine> lines =
        [
            new("MaxDailyLoss", LimitUnit.Money, limits.MaxDailyLoss, use.LossToday is { } loss ? Math.Max(0m, loss) : null, true),
            new("MaxTotalExposure", LimitUnit.Money, limits.MaxTotalExposure, use.TotalExposure, true),
            new("MaxPosition", LimitUnit.Lots, limits.MaxPosition?.Value, widest?.Reach ?? 0m, true, widest?.Symbol.ToString()),
            new("MaxPositionPerSymbol", LimitUnit.Money, limits.MaxPositionPerSymbol, byMoney.Any(contract => contract.Value is null) ? null : dearest?.Value ?? 0m, true, dearest?.Symbol.ToString()),
            new("MaxDailyTrades", LimitUnit.Count, limits.MaxDailyTrades, use.OpenedToday, true),
            new("MaxOrdersPerSecond", LimitUnit.Count, limits.MaxOrdersPerSecond, use.OrdersLastSecond, true),
            new("MaxOrdersPerMinute", LimitUnit.Count, limits.MaxOrdersPerMinute, use.OrdersLastMinute, true),
            new("MaxOrderVolume", LimitUnit.Lots, limits.MaxOrderVolume?.Value, null, false),
            new("MaxOrderSize", LimitUnit.Money, limits.MaxOrderSize, null, false),
            new("PriceBand", LimitUnit.Percent, limits.PriceBand?.Value, null, false),
            new("PriceBandTicks", LimitUnit.Ticks, limits.PriceBandTicks, null, false),
            new("DuplicateWindow", LimitUnit.Seconds, (decimal?)limits.DuplicateWindow?.TotalSeconds, null, false),
        ];
        var symbols = use.Contracts.Select(contract => contract.Symbol).Union(view.Risk.Contracts.Keys).Order();
        return new(view.Account, view.Risk, lines, [.. symbols.Select(symbol => new ContractLine(symbol, use.Contracts.FirstOrDefault(c => c.Symbol == symbol), view.Risk.For(symbol), view.Risk.Contracts.ContainsKey(symbol)))]);
    }
}
