using QuantDash.Web.Jobs;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Features.Ticks;

public static class TickImportFeature
{
    /// <summary>Stored ticks: import of files.</summary>
    public static IServiceCollection AddTickImport(this IServiceCollection services)
    {
        services.AddSingleton<TickImporter>();
        services.AddSingleton<ImportCommand>();
        services.AddSingleton<TickImports>();
        services.AddSupervised<TickImports>();
        services.AddJob<TickRetentionJob>();
        return services;
    }

    public static void MapTickImport(this IEndpointRouteBuilder app) => app.MapTickImports();
}
