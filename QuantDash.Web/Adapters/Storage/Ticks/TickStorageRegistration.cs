using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using QuantDash.Core.Markets;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Adapters.Storage.Ticks;

public static class TickStorageRegistration
{
    /// <summary>The tick store under the data directory, filled by live sources.</summary>
    public static IServiceCollection AddTickStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(provider =>
            new TickArchive(Path.Combine(provider.GetRequiredService<IOptions<QuantDashOptions>>().Value.DataDirectory, "ticks"), provider.GetRequiredService<ILogger<TickArchive>>()));
        services.TryAddSingleton<ITickArchive>(provider => provider.GetRequiredService<TickArchive>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITickSink, TickFileSink>());
        return services;
    }
}
