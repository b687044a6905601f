using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Web.Configuration;
using QuantDash.Web.Live;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Trading;

/// <summary>Registers the trading thread and what it is made of.</summary>
public static class TradingRegistration
{
    public static IServiceCollection AddTrading(this IServiceCollection services)
    {
        services.AddSingleton(provider => CalendarFiles.AddedTo(MarketCalendars.FromReferenceData(), provider.GetRequiredService<IOptions<QuantDashOptions>>().Value.DataDirectory));
        services.AddSingleton(provider => provider.GetRequiredService<MarketCalendars>().China);
        services.AddSingleton(provider => StockList.AddedTo(
            ContractCatalog.FromReferenceData(provider.GetRequiredService<MarketCalendars>()), provider.GetRequiredService<IOptions<QuantDashOptions>>().Value.DataDirectory));
        services.AddSingleton<IIdentitySource, RandomIdentitySource>();
        services.AddSingleton(provider => OptionsOf(provider.GetRequiredService<IOptions<QuantDashOptions>>().Value.Orders));
        services.TryAddSingleton<IStrategyDefinitions, BuiltInDefinitions>();
        services.AddSingleton<IStrategyHistory, StoredStrategyHistory>();
        services.AddSingleton<StrategyStarter>().AddSupervised<StrategyStarter>();
        services.AddSingleton<Func<IJournal, TradingEngine>>(provider => journal => new(
            provider.GetRequiredService<ContractCatalog>(),
            provider.GetRequiredService<TradingCalendar>(),
            journal,
            provider.GetRequiredService<IIdentitySource>(),
            provider.GetRequiredService<EngineOptions>(),
            provider.GetRequiredService<ITickRecorder>(),
            provider.GetRequiredService<IBridgeLinkFactory>(),
            provider.GetRequiredService<IStrategyDefinitions>()));
        services.AddTickTap();
        services.AddSingleton<FiringTracer>();
        services.AddSingleton(provider => new TradingMeter(provider.GetRequiredService<IMeterFactory>().QuantDash(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<FiringTracer>()));
        services.AddSingleton<TradingRuntime>();
        services.AddSingleton(provider => provider.GetRequiredService<TradingRuntime>().Snapshots);
        services.AddSingleton(provider => provider.GetRequiredService<TradingRuntime>().Tape);
        services.AddHostedService(provider => provider.GetRequiredService<TradingRuntime>());
        services.AddHostedService<OutsideEditIntake>();
        services.AddHostedService<FailureTeller>();
        services.AddSingleton<ServiceReporter>().AddSupervised<ServiceReporter>();
        return services;
    }

    private static EngineOptions OptionsOf(OrderOptions options) => new() { DefaultLimits = DefaultLimits(options), OneStrategyAtATime = options.OneStrategyAtATime };

    private static RiskLimits DefaultLimits(OrderOptions options) => new()
    {
        DuplicateWindow = options.DuplicateSeconds > 0 ? TimeSpan.FromSeconds(options.DuplicateSeconds) : null,
        MaxOrdersPerSecond = options.PerSecond > 0 ? options.PerSecond : null,
    };
}
