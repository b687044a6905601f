namespace QuantDash.Web.Features.Emergency;

public static class EmergencyFeature
{
    public static IServiceCollection AddEmergency(this IServiceCollection services) => services.AddSingleton<IEmergencyCounter, EmergencyCounter>().AddHostedService<EmergencyFile>();
}
