using System.Globalization;
using System.Text.Json;
using QuantDash.Core.Audit;
using QuantDash.Core.Performance;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Accounts;

/// <summary>Books cash on the trading thread, and rates in the database with a note in the audit.</summary>
internal sealed class AccountDesk(TradingRuntime runtime, IExchangeRateBook rates, IAuditLog audit, TimeProvider clock) : IAccountDesk
{
    public Task<Outcome<CashFlow>> BookCashAsync(AccountId account, decimal amount, string? note) =>
        runtime.RunAsync((engine, now) => engine.BookCash(account, amount, note, now));

    public async Task SaveRateAsync(ExchangeRate rate)
    {
        Acting.Demand(Scopes.Trade);
        var before = (await rates.ListAsync()).FirstOrDefault(r => r.From == rate.From && r.To == rate.To && r.AsOf == rate.AsOf);
        await rates.SaveAsync(rate);
        await NoteAsync("rate.saved", rate, before, rate);
    }

    public async Task<bool> DeleteRateAsync(ExchangeRate rate)
    {
        Acting.Demand(Scopes.Trade);
        if (!await rates.DeleteAsync(rate.From, rate.To, rate.AsOf)) return false;
        await NoteAsync("rate.deleted", rate, rate, null);
        return true;
    }

    private Task NoteAsync(string action, ExchangeRate about, ExchangeRate? before, ExchangeRate? after) => audit.RecordAsync(new()
    {
        At = clock.GetUtcNow(), Actor = Acting.Now, Action = action, Subject = $"{about.From}/{about.To}", Before = Words(before), After = Words(after),
    });

    private static string? Words(ExchangeRate? rate) =>
        rate is null ? null : JsonSerializer.Serialize(new { as_of = rate.AsOf.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), rate = rate.Rate });
}
