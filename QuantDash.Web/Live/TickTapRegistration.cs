using QuantDash.Core.Markets;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Live;

public static class TickTapRegistration
{
    /// <summary>Ticks for files and charts, beside the trading thread and never in its way.</summary>
    public static IServiceCollection AddTickTap(this IServiceCollection services)
    {
        services.AddSingleton<BarBoard>();
        services.AddSingleton<ITickSink>(provider => provider.GetRequiredService<BarBoard>());
        services.AddSingleton<PriceBoard>();
        services.AddSingleton<ITickSink>(provider => provider.GetRequiredService<PriceBoard>());
        services.AddSingleton<SalesBoard>();
        services.AddSingleton<ITickSink>(provider => provider.GetRequiredService<SalesBoard>());
        services.AddSingleton<TickTap>();
        services.AddSingleton<ITickRecorder>(provider => provider.GetRequiredService<TickTap>());
        services.AddSupervised<TickTap>();
        return services;
    }
}
