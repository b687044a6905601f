using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using QuantDash.Web.Configuration;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Jobs;

public static class JobsRegistration
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<JobRoster>();
        services.AddSingleton(s => JobStore.Of(s.GetRequiredService<IConfiguration>(), s.GetRequiredService<IOptions<QuantDashOptions>>()));
        services.AddSingleton(s => JobServing.Of(s.GetRequiredService<IOptions<QuantDashOptions>>().Value));
        services.AddSingleton(s => new JobMeter(s.GetRequiredService<IMeterFactory>().QuantDash()));
        services.AddSingleton<JobScheduler>().AddSupervised<JobScheduler>();
        services.AddSingleton<IJobs, QuartzJobs>();
        services.AddSingleton(_ => new ComputeLanes());
        return services;
    }

    public static IServiceCollection AddJob<TJob>(this IServiceCollection services)
        where TJob : class, IBackgroundJob
        => services.AddSingleton<IBackgroundJob, TJob>();
}
