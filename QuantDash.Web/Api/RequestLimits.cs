using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using QuantDash.Web.Configuration;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Api;

/// <summary>How many requests one caller gets answered. Stands behind the check of keys: a wrong one is 401 however often it comes, and takes nothing of a right one's share.</summary>
internal static class RequestLimits
{
    // Pages come over their circuit, which has limits of its own.
    private static readonly PathString[] Counted = ["/api", "/ws", "/hubs", "/metrics", "/openapi", "/docs"];

    public static IServiceCollection AddRequestLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<QuantDashOptions>>((limiter, options) =>
        {
            var limits = options.Value.Limits;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => PartitionOf(context, limits));
            limiter.OnRejected = (rejected, _) => new(RefuseAsync(rejected, limits));
        });
        return services;
    }

    private static RateLimitPartition<string> PartitionOf(HttpContext context, LimitOptions limits)
    {
        if (!Array.Exists(Counted, root => context.Request.Path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase))) return RateLimitPartition.GetNoLimiter("");
        var isFeed = IsFeed(context);
        var rate = isFeed ? limits.BridgeRequestsPerSecond : limits.RequestsPerSecond;
        if (rate == 0) return RateLimitPartition.GetNoLimiter("");
        return RateLimitPartition.GetTokenBucketLimiter((isFeed ? "feed " : "") + IdempotencyId.CallerOf(context.User), _ => new()
        {
            TokenLimit = Math.Max(limits.Burst, rate),
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1) / rate,
            AutoReplenishment = true,
        });
    }

    private static bool IsFeed(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(rule => rule.Policy == Scopes.Bridge) == true;

    private static Task RefuseAsync(OnRejectedContext rejected, LimitOptions limits)
    {
        var context = rejected.HttpContext;
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return ProblemAnswer.Of(ProblemKind.TooManyRequests, "too_many_requests", IsFeed(context) ? limits.BridgeRequestsPerSecond : limits.RequestsPerSecond, wait).ExecuteAsync(context);
    }
}
