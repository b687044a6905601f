using QuantDash.Core.Markets.History;
using QuantDash.Web.Jobs;

namespace QuantDash.Web.Features.Data;

public static class DataFeature
{
    /// <summary>Stored bars: import, sync and looking through.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services)
    {
        services.AddSingleton<HistoryImporter>();
        services.AddSingleton<HistoryDesk>();
        services.AddSingleton<HistoryExporter>();
        services.AddSingleton<SeriesCheck>();
        services.AddSingleton<IBarHistory, RecordedTicksHistory>();
        services.AddSingleton<HistorySync>();
        services.AddSingleton<HistoryCommand>().AddSingleton<InstrumentCommand>();
        services.AddSingleton<HistorySyncCommand>();
        services.AddJob<BarSyncJob>();
        return services;
    }
}
