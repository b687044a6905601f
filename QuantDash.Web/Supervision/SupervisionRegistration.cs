using Microsoft.Extensions.DependencyInjection.Extensions;

namespace QuantDash.Web.Supervision;

public static class SupervisionRegistration
{
    /// <summary>Runs a loop that is registered already. It starts and stops in the order of these calls, among the other hosted services.</summary>
    public static IServiceCollection AddSupervised<TLoop>(this IServiceCollection services)
        where TLoop : class, ISupervisedLoop
    {
        services.TryAddSingleton<LoopRoster>();

        // Not AddHostedService: it takes every SupervisedLoopHost for the same one.
        return services.AddSingleton<IHostedService>(s => new SupervisedLoopHost(
            s.GetRequiredService<TLoop>(), s.GetRequiredService<LoopRoster>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<SupervisedLoopHost>>()));
    }
}
