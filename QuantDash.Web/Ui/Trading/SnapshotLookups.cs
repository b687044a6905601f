using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Ui.Trading;

public static class SnapshotLookups
{
    /// <summary>The quote an account hears; null before the first tick.</summary>
    public static QuoteView? QuoteOf(this EngineSnapshot snapshot, Account account, Symbol symbol) =>
        snapshot.Quotes.FirstOrDefault(q => q.Source == account.Source && q.Contract.Symbol == symbol);

    /// <summary>A contract that is quoted or held; null for one that only a rule names so far.</summary>
    public static Contract? ContractOf(this EngineSnapshot snapshot, Symbol symbol) =>
        snapshot.Quotes.FirstOrDefault(q => q.Contract.Symbol == symbol)?.Contract
        ?? snapshot.Accounts.SelectMany(a => a.Positions).FirstOrDefault(p => p.Contract.Symbol == symbol)?.Contract;
}
