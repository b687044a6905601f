using QuantDash.Web.Supervision;

namespace QuantDash.Web.Features.Emergency;

public static class EmergencyFeature
{
    public static IServiceCollection AddEmergency(this IServiceCollection services) => services.AddSingleton<IEmergencyCounter, EmergencyCounter>().AddSingleton<EmergencyFile>().AddSupervised<EmergencyFile>();
}
