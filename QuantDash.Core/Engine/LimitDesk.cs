using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>The limits of accounts: set as a whole, stored, and in force for the next order.</summary>
internal sealed class LimitDesk(ChangeLog changes, AccountDesk accounts, PreTradeCheck checks, EngineOptions options, IIdentitySource ids)
{
    /// <summary>Sets all limits of an account; what is not among them is none.</summary>
    public Outcome<RiskView> Set(LimitsRequest request, DateTimeOffset now)
    {
        if (accounts.Find(request.AccountId) is not { } account) return Outcome<RiskView>.Failure("account_id", "unknown_account", request.AccountId);
        var problems = (request.Account?.Problems("limits.") ?? []).ToList();
        foreach (var (i, (symbol, limits)) in request.Contracts.Index())
        {
            problems.AddRange(limits.Problems($"contracts[{i}].", ofContract: true));
            if (accounts.Hold(account, symbol, now) is not { } lane) problems.Add(new($"contracts[{i}].symbol", "unknown_symbol", symbol));
            else if (lane.Contract.Currency != account.Account.Currency) problems.Add(new($"contracts[{i}].symbol", "currency_differs", lane.Contract.Currency, account.Account.Currency));
        }
        if (problems.Count > 0) return Outcome<RiskView>.Failure(problems);
        var before = account.Limits?.Rows ?? [];
        var rows = new List<StoredLimits>();
        if (request.Account is { } whole) rows.Add(Row(account, null, whole, before, now));
        rows.AddRange(request.Contracts.OrderBy(entry => entry.Key).Select(entry => Row(account, entry.Key, entry.Value, before, now)));
        Put(account, rows, before);
        return Outcome<RiskView>.Success(checks.View(account, now));
    }

    public void Restore(IEnumerable<StoredLimits> rows)
    {
        foreach (var own in rows.GroupBy(row => row.AccountId))
            if (accounts.Find(own.Key) is { } account) account.Limits = new([.. own], options.DefaultLimits);
    }

    /// <summary>Another program wrote them with SQL: they stand in the database, whose constraints have looked at them. They are written once more, so that the last one to
    /// set them is right in both places.</summary>
    public void TakeOver(AccountId id, IReadOnlyList<StoredLimits> rows)
    {
        if (accounts.Find(id) is { } account) Put(account, rows, account.Limits?.Rows ?? []);
    }

    /// <summary>Another program deleted a row of them.</summary>
    public void Remove(Guid id)
    {
        if (accounts.All.FirstOrDefault(account => account.Limits?.Rows.Any(row => row.Id == id) == true) is not { Limits: { } own } account) return;
        Put(account, [.. own.Rows.Where(row => row.Id != id)], own.Rows);
    }

    private void Put(AccountBook account, IReadOnlyList<StoredLimits> rows, IReadOnlyList<StoredLimits> before)
    {
        account.Limits = rows.Count == 0 ? null : new LimitBook(rows, options.DefaultLimits);
        changes.Add(new JournalChange.LimitsSaved(account.Id, rows, before));
    }

    private StoredLimits Row(AccountBook account, Symbol? symbol, RiskLimits limits, IEnumerable<StoredLimits> before, DateTimeOffset now) =>
        new(before.FirstOrDefault(row => row.Symbol == symbol)?.Id ?? ids.Next(), account.Id, symbol, limits, now);
}
