using QuantDash.Web.Supervision;

namespace QuantDash.Web.Features.Demo;

public static class DemoFeature
{
    /// <summary>After trading: the demo needs a recovered engine.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddSingleton<DemoFeed>();
        services.AddSingleton<DemoSetUp>();
        services.AddSingleton<DemoService>();
        services.AddSingleton<IDemoSwitch>(provider => provider.GetRequiredService<DemoService>());
        services.AddSupervised<DemoFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<DemoService>());
        return services;
    }
}
