using QuantDash.Web.Jobs;

namespace QuantDash.Web.Features.Audit;

public static class AuditRegistration
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddSingleton<AuditQuery>().AddJob<AuditVerifyJob>();
}
