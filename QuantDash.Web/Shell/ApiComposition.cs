using QuantDash.Web.Adapters.Notifications;
using QuantDash.Web.Api;
using QuantDash.Web.Features.Accounts;
using QuantDash.Web.Features.Audit;
using QuantDash.Web.Features.Bridge;
using QuantDash.Web.Features.Data;
using QuantDash.Web.Features.Demo;
using QuantDash.Web.Features.Emergency;
using QuantDash.Web.Features.Jobs;
using QuantDash.Web.Features.Keys;
using QuantDash.Web.Features.Limits;
using QuantDash.Web.Features.Locks;
using QuantDash.Web.Features.Market;
using QuantDash.Web.Features.Notifications;
using QuantDash.Web.Features.Orders;
using QuantDash.Web.Features.People;
using QuantDash.Web.Features.Positions;
using QuantDash.Web.Features.Protection;
using QuantDash.Web.Features.Reconciliation;
using QuantDash.Web.Features.Replay;
using QuantDash.Web.Features.Strategies;
using QuantDash.Web.Features.Streams;
using QuantDash.Web.Features.SystemStatus;
using QuantDash.Web.Features.Ticks;
using QuantDash.Web.Observability;

namespace QuantDash.Web.Shell;

/// <summary>Every feature's part of the HTTP API, in one list.</summary>
public static class ApiComposition
{
    public static IServiceCollection AddHttpApi(this IServiceCollection services) =>
        services.AddApi().AddLockEndpoints().AddTickImport().AddHistory().AddReplay().AddBridge().AddNotifier().AddNotifications().AddAudit().AddSystemJobs().AddAccounts().AddServiceDesk().AddJobScreen().AddEmergency().AddReconciliation().AddKeys().AddPeople().AddStreams().AddOrderEndpoints().AddLimits().AddMarket().AddStrategyApi().AddObservability();

    public static void MapHttpApi(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi();
        app.MapHealth();
        app.MapMetrics();
        app.MapBackups();
        app.MapServices();
        app.MapJobs();
        app.MapKeys();
        app.MapPeople();
        app.MapAccounts();
        app.MapDemo();
        app.MapLimits();
        app.MapMarket();
        app.MapTickImport();
        app.MapReplay();
        app.MapStrategies();
        app.MapPositions();
        app.MapLocks();
        app.MapOrders();
        app.MapHeldOrders();
        app.MapQuantity();
        app.MapEmergency();
        app.MapReconciliation();
        app.MapProtection();
        app.MapBridge();
        app.MapVenueFacts();
        app.MapNotifications();
        app.MapAudit();
        app.MapStreams();
    }
}
