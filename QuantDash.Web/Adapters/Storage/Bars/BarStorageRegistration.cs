using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Adapters.Storage.Bars;

public static class BarStorageRegistration
{
    /// <summary>The bar store under the data directory, and the folder beside it from which histories are brought up to date.</summary>
    public static IServiceCollection AddBarStorage(this IServiceCollection services)
    {
        services.TryAddSingleton<IBarArchive>(provider => new BarArchive(Path.Combine(provider.GetRequiredService<IOptions<QuantDashOptions>>().Value.DataDirectory, "bars")));
        services.AddSingleton(provider => new CsvFolder(Path.Combine(provider.GetRequiredService<IOptions<QuantDashOptions>>().Value.DataDirectory, "csv"), provider.GetRequiredService<TradingCalendar>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IBarHistory>(provider => provider.GetRequiredService<CsvFolder>());
        services.AddSingleton<ICalendarHistory>(provider => provider.GetRequiredService<CsvFolder>());
        services.AddSingleton<IInstrumentHistory>(provider => provider.GetRequiredService<CsvFolder>());
        return services;
    }
}
