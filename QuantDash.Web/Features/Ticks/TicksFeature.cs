namespace QuantDash.Web.Features.Ticks;

public static class TicksFeature
{
    /// <summary>Stored ticks: import of files.</summary>
    public static IServiceCollection AddTicks(this IServiceCollection services)
    {
        services.AddSingleton<TickUpload>();
        services.AddSingleton<TickImporter>();
        services.AddSingleton<ImportCommand>();
        services.AddSingleton<TickImports>();
        services.AddHostedService(provider => provider.GetRequiredService<TickImports>());
        return services;
    }
}
