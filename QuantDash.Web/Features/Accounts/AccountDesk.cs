using System.Globalization;
using System.Text.Json;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Core.Markets;
using QuantDash.Core.Performance;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Accounts;

/// <summary>Books cash on the trading thread, and rates in the database with a note in the audit.</summary>
internal sealed class AccountDesk(TradingRuntime runtime, IExchangeRateBook rates, IAuditLog audit, TimeProvider clock) : IAccountDesk
{
    public async Task<Outcome<Account>> CreateAsync(AccountTerms terms, Guid? id = null)
    {
        var read = terms.Check(id ?? Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow());
        if (!read.Succeeded) return Outcome<Account>.Failure(read.Problems);
        var (account, balance) = read.Value;
        return await runtime.RunAsync((engine, now) => Create(engine, account, new(balance, account.Currency), terms.Source is not null, now));
    }

    public async Task<Outcome<Account>> RenameAsync(AccountId account, string name, string? externalId)
    {
        Acting.Demand(Scopes.Admin);
        if (string.IsNullOrWhiteSpace(name)) return Outcome<Account>.Failure("name", "required");
        return await runtime.RunAsync((engine, _) => engine.RenameAccount(account, name, externalId));
    }

    public Task<Outcome<Account>> CloseAsync(AccountId account) => AdministerAsync((engine, now) => engine.Closing.Close(account, now));

    public Task<Outcome<Account>> ReopenAsync(AccountId account) => AdministerAsync((engine, now) => engine.Closing.Reopen(account, now));

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

    private Task<Outcome<Account>> AdministerAsync(Func<TradingEngine, DateTimeOffset, Outcome<Account>> command)
    {
        Acting.Demand(Scopes.Admin);
        return runtime.RunAsync(command);
    }

    /// <summary>A venue's own source comes into being with its first account.</summary>
    private static Outcome<Account> Create(TradingEngine engine, Account account, Money deposit, bool sourceGiven, DateTimeOffset now)
    {
        var created = engine.CreateAccount(account, deposit, now);
        if (sourceGiven || !created.Problems.Any(p => p.Code == "unknown_source")) return created;
        var own = engine.CreateSource(new() { Name = account.Source, Clock = SourceClock.Wall, CreatedAt = now });
        return own.Succeeded ? engine.CreateAccount(account, deposit, now) : created;
    }

    private Task NoteAsync(string action, ExchangeRate about, ExchangeRate? before, ExchangeRate? after) => audit.RecordAsync(new()
    {
        At = clock.GetUtcNow(), Actor = Acting.Now, Action = action, Subject = $"{about.From}/{about.To}", Before = Words(before), After = Words(after),
    });

    private static string? Words(ExchangeRate? rate) =>
        rate is null ? null : JsonSerializer.Serialize(new { as_of = rate.AsOf.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), rate = rate.Rate });
}
