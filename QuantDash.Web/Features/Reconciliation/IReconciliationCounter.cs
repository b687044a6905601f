using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Reconciliation;

/// <summary>Where an account is compared with its venue, and differences are taken over. Answers once what it changed is durable.</summary>
public interface IReconciliationCounter
{
    Task<Outcome<ReconciliationView>> AskAsync(AccountId account);

    /// <param name="account">Whose.</param>
    /// <param name="key">Of the difference.</param>
    /// <param name="shown">The venue's figure that was shown.</param>
    Task<Outcome<ReconciliationView>> AdoptAsync(AccountId account, string key, decimal? shown);
}

/// <summary>Hands it to the trading thread.</summary>
public sealed class ReconciliationCounter(TradingRuntime runtime) : IReconciliationCounter
{
    public Task<Outcome<ReconciliationView>> AskAsync(AccountId account) => runtime.RunAsync((engine, now) => engine.Reconciliation.Ask(account, now));

    public Task<Outcome<ReconciliationView>> AdoptAsync(AccountId account, string key, decimal? shown) =>
        runtime.RunAsync((engine, now) => engine.Reconciliation.Adopt(account, key, shown, now));
}
