using QuantDash.Core.Strategies;

namespace QuantDash.Web.Adapters.Strategies;

public static class UserStrategyRegistration
{
    /// <summary>The strategies of the trader's own, behind Core's port.</summary>
    public static IServiceCollection AddUserStrategies(this IServiceCollection services) => services.AddSingleton<IUserStrategies, UserStrategies>();
}
