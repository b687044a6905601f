using QuantDash.Core.Performance;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Accounts;

/// <summary>What a person can do with the money of an account and with exchange rates.</summary>
public interface IAccountDesk
{
    /// <param name="terms">Checked, and refused with all that is wrong.</param>
    /// <param name="id">Of the account; null: a new one.</param>
    Task<Outcome<Account>> CreateAsync(AccountTerms terms, Guid? id = null);

    /// <summary>Another name, or another id at the venue.</summary>
    Task<Outcome<Account>> RenameAsync(AccountId account, string name, string? externalId);

    /// <summary>It hears and takes nothing any more; refused with all that is left in it.</summary>
    Task<Outcome<Account>> CloseAsync(AccountId account);

    Task<Outcome<Account>> ReopenAsync(AccountId account);

    /// <summary>入金 (positive) or 出金.</summary>
    Task<Outcome<CashFlow>> BookCashAsync(AccountId account, decimal amount, string? note);

    Task SaveRateAsync(ExchangeRate rate);

    /// <summary>False when there is none.</summary>
    Task<bool> DeleteRateAsync(ExchangeRate rate);
}
