using Microsoft.AspNetCore.Http.Json;

namespace QuantDash.Web.Api;

public static class ApiRegistration
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(o => ApiJson.Configure(o.SerializerOptions));
        services.AddSingleton<EngineReads>().AddSingleton<IdempotencyStore>().AddSingleton<Idempotency>().AddSingleton<UploadReceiver>();
        services.AddRequestLimits();
        services.AddOpenApi("v1", ApiDocument.Configure);
        return services;
    }

    /// <summary>After <c>UseSecurity</c>: who repeats a write is part of what is repeated.</summary>
    public static WebApplication UseApi(this WebApplication app)
    {
        app.UseRateLimiter();
        app.Use((context, next) => Idempotency.Concerns(context)
            ? context.RequestServices.GetRequiredService<Idempotency>().InvokeAsync(context, next)
            : next(context));
        app.UseSwaggerUI(o =>
        {
            o.RoutePrefix = "docs";
            o.DocumentTitle = "QuantDash API";
            o.SwaggerEndpoint("/openapi/v1.json", "QuantDash");
        });
        return app;
    }
}
