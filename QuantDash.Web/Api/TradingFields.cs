using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Api;

/// <summary>Fields that name something of ours: accounts by our id or the venue's, contracts in any spelling, prices on a tick.</summary>
public static class TradingFields
{
    private static readonly TimeSpan ExchangeTime = TimeSpan.FromHours(8);

    public static AccountView? Account(this JsonFields body, EngineSnapshot snapshot, string name = "account_id")
    {
        if (body.Text(name) is not { } text) return null;
        if (Find(snapshot, text) is { } account) return account;
        body.Refuse(name, "unknown_account", text);
        return null;
    }

    public static Contract? Contract(this JsonFields body, ContractCatalog catalog, DateOnly asOf, string name = "symbol")
    {
        if (body.Text(name) is not { } text) return null;
        var found = catalog.Resolve(text, asOf, body.PathOf(name));
        if (found.Succeeded) return found.Value;
        body.Problems.AddRange(found.Problems);
        return null;
    }

    /// <summary>A price as given; within the tolerance of a tick it is that tick. Whether it makes sense is checked by who uses it.</summary>
    public static Price? Price(this JsonFields body, string name, Contract? contract)
    {
        if (body.Number(name) is not { } number) return null;
        var price = new Price(number);
        return contract is not null && contract.TryTicks(price, out var ticks) ? contract.PriceAt(ticks) : price;
    }

    /// <summary>A volume of 0 or more, on the contract's step.</summary>
    public static Volume? Volume(this JsonFields body, string name, Contract? contract)
    {
        if (body.Number(name) is not { } number) return null;
        if (number < 0) body.Refuse(name, "negative", number);
        else if (contract is not null && number % contract.VolumeStep != 0) body.Refuse(name, "off_step", number, contract.VolumeStep);
        else return new(number);
        return null;
    }

    public static AccountId? Account(this QueryFields query, EngineSnapshot snapshot)
    {
        if (query.Text("account_id") is not { } text) return null;
        if (Find(snapshot, text) is { } account) return account.Account.Id;
        query.Refuse("account_id", "unknown_account", text);
        return null;
    }

    public static Symbol? Symbol(this QueryFields query, ContractCatalog catalog, DateOnly asOf)
    {
        if (query.Text("symbol") is not { } text) return null;
        var found = catalog.Resolve(text, asOf);
        if (found.Succeeded) return found.Value.Symbol;
        query.Problems.AddRange(found.Problems);
        return null;
    }

    /// <summary>The day that settles a spelling such as TA505: the account's own, which in a replay lies in the past.</summary>
    public static DateOnly DayOf(EngineSnapshot snapshot, AccountView? account, DateTimeOffset now)
    {
        var clock = snapshot.Sources.FirstOrDefault(s => s.Source.Name == account?.Account.Source)?.Clock;
        return DateOnly.FromDateTime((account is { Replay: true } ? clock ?? now : now).ToOffset(ExchangeTime).DateTime);
    }

    /// <summary>By our id, or by the venue's.</summary>
    public static AccountView? Find(EngineSnapshot snapshot, string text) =>
        Guid.TryParseExact(text, "D", out var id) && snapshot.Accounts.FirstOrDefault(a => a.Account.Id.Value == id) is { } ours
            ? ours
            : snapshot.Accounts.FirstOrDefault(a => a.Account.ExternalId == text);
}
