namespace QuantDash.Web.Features.Accounts;

/// <summary>Names the texts of the account's pages: AccountText.resx and AccountText.zh-CN.resx.</summary>
public sealed class AccountText;
