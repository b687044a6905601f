using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Limits;

/// <summary>What an administrator does with the limits of an account.</summary>
public interface ILimitsDesk
{
    /// <summary>What a person wrote, or all that is wrong with it.</summary>
    Outcome<LimitsRequest> Check(AccountId account, LimitsForm form);

    /// <summary>Sets all of them; what is not among them is none.</summary>
    Task<Outcome<RiskView>> SetAsync(LimitsRequest request);
}
