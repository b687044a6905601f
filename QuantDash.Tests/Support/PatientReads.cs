using Microsoft.Extensions.DependencyInjection;
using QuantDash.Web.Api;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Support;

/// <summary>A read after a write sees it, however slow the disk of a machine that runs other tests besides.</summary>
internal static class PatientReads
{
    public static void AddPatientReads(this IServiceCollection services) =>
        services.AddSingleton(provider => new EngineReads(provider.GetRequiredService<TradingRuntime>()) { Patience = TimeSpan.FromSeconds(60) });
}
