using QuantDash.Core.Markets.History;
using QuantDash.Web.Jobs;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Data;

public static class DataFeature
{
    /// <summary>Stored bars, shares and trading days: import, sync and looking through.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services)
    {
        services.AddSingleton<HistoryImporter>();
        services.AddSingleton<HistoryDesk>();
        services.AddSingleton<HistoryExporter>();
        services.AddSingleton<SeriesCheck>();
        services.AddSingleton<IBarHistory, RecordedTicksHistory>();
        services.AddSingleton<HistorySync>().AddSingleton<SeriesSync>();
        services.AddSingleton<BookedDays>().AddSingleton<ReferenceImporter>().AddSingleton<ReferenceDesk>();
        services.AddSingleton<HistoryCommand>().AddSingleton<InstrumentCommand>();
        services.AddSingleton<HistorySyncCommand>();
        services.AddJob<BarSyncJob>().AddJob<DayBarSyncJob>().AddJob<InstrumentSyncJob>().AddJob<CalendarSyncJob>().AddJob<CalendarWatchJob>();
        return services;
    }
}
