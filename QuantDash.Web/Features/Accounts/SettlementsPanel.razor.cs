using Microsoft.AspNetCore.Components;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Accounts;

/// <summary>Days as our books settled them, each with what was held and traded.</summary>
public sealed partial class SettlementsPanel
{
    private AccountSettlement? _shown;
    private IReadOnlyList<Trade> _trades = [];

    [Inject] public required StatementDesk Desk { get; init; }

    protected override Task<Page<AccountSettlement>> ReadAsync(FundsFilter filter, PageRequest page) => History.SettlementsAsync(filter, page);

    private async Task ShowAsync(AccountSettlement day)
    {
        _trades = (await Desk.DayAsync(day.AccountId, day.TradingDay, null)).Trades;
        _shown = day;
    }
}
