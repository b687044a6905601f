using QuantDash.Core.Hosting;
using QuantDash.Core.Strategies;

namespace QuantDash.Web.Adapters.Strategies;

public static class UserStrategyRegistration
{
    /// <summary>The strategies of the trader's own behind Core's ports, beside those that are built in. Register it before the engine: hosted services start in this order.</summary>
    public static IServiceCollection AddUserStrategies(this IServiceCollection services) =>
        services.AddSingleton<IUserStrategies, UserStrategies>().AddSingleton<IStrategyDefinitions, AllStrategies>().AddHostedService<UserStrategyStartup>();
}
