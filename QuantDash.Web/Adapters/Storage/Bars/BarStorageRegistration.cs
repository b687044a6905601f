using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using QuantDash.Core.Markets.History;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Adapters.Storage.Bars;

public static class BarStorageRegistration
{
    /// <summary>The bar store under the data directory.</summary>
    public static IServiceCollection AddBarStorage(this IServiceCollection services)
    {
        services.TryAddSingleton<IBarArchive>(provider => new BarArchive(Path.Combine(provider.GetRequiredService<IOptions<QuantDashOptions>>().Value.DataDirectory, "bars")));
        return services;
    }
}
