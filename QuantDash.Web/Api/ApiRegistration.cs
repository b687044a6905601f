using Microsoft.AspNetCore.Http.Json;

namespace QuantDash.Web.Api;

public static class ApiRegistration
{
    public static IServiceCollection AddApi(this IServiceCollection services) =>
        services.Configure<JsonOptions>(o => ApiJson.Configure(o.SerializerOptions));
}
