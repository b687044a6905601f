using System.Text.Json;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Supervision;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Bridge;

/// <summary>Commands to the trader's own program, and its reports.</summary>
public static class BridgeEndpoints
{
    private const int LongestWait = 50;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddBridge(this IServiceCollection services) => services.AddSingleton<BridgeWaiting>().AddSingleton<VenueFacts>().AddSingleton<BridgeMessages>().AddSingleton<BridgeTableService>().AddSupervised<BridgeTableService>();

    public static void MapBridge(this IEndpointRouteBuilder app)
    {
        var bridge = app.MapGroup("/api/bridge/{account_id}").RequireAuthorization(Scopes.Bridge).WithTags("Bridge");
        bridge.MapGet("orders", TakeAsync).WithSummary("Waits for commands (wait=seconds up to 50, after=last sequence seen, program=a name of its own)").Produces<CommandsAnswer>();
        bridge.MapPost("reports", ReportAsync).WithSummary("What became of orders, one or an array; repeating a report changes nothing")
            .Takes<ReportBody>().Produces<ReportsAnswer>();
        bridge.MapPost("orders/{client_order_id}/settle", SettleAsync).RequireAuthorization(Scopes.Trade)
            .WithSummary("What a person found out about an order whose outcome is unknown; booked as a report of it").Takes<SettleBody>().Produces<SettleAnswer>();
        app.Map("/ws/bridge/{account_id}", SocketAsync).RequireAuthorization(Scopes.Bridge);
    }

    private static async Task<IResult> SocketAsync(HttpContext context, EngineReads reads, BridgeWaiting waiting, BridgeMessages messages, IHostApplicationLifetime host, ILogger<BridgeSocket> log)
    {
        if (!context.WebSockets.IsWebSocketRequest) return ProblemAnswer.Of(ProblemKind.Unreadable, "not_a_web_socket");
        if (AccountOf(context, await reads.SnapshotAsync(context.RequestAborted)) is not { } account) return Unknown(context);
        using var seat = waiting.Enter(account, ProgramOf(context));
        var taken = await waiting.TakeAsync(account, another: seat is null, context.RequestAborted);
        if (!taken.Succeeded || seat is null) return ProblemAnswer.Of(taken.Problems);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping, seat.Ended);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = KeepAlive, KeepAliveTimeout = KeepAlive });
        using var bridge = new BridgeSocket(socket, account, waiting, messages, RequestLanguage.Of(context), log);
        await bridge.RunAsync(taken.Value, stop.Token);
        return Results.Empty;
    }

    private static async Task<IResult> TakeAsync(HttpContext context, EngineReads reads, BridgeWaiting waiting, IHostApplicationLifetime host, CancellationToken stop)
    {
        var query = new QueryFields(context.Request.Query);
        var wait = query.Number("wait", 0, LongestWait) ?? 0;
        var after = query.Number("after", 0, long.MaxValue) is > 0 and var seen ? seen : (long?)null; // 0: it has just been started.
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        if (AccountOf(context, await reads.SnapshotAsync(stop)) is not { } account) return Unknown(context);
        using var seat = waiting.Enter(account, ProgramOf(context));
        if (seat is null) return Answers.Of(await waiting.TakeAsync(account, another: true, stop), CommandsAnswer.Of);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, host.ApplicationStopping, seat.Ended);
        try
        {
            return Answers.Of(await waiting.WaitAsync(account, TimeSpan.FromSeconds(wait), end.Token, after), CommandsAnswer.Of);
        }
        catch (OperationCanceledException) when (seat.Ended.IsCancellationRequested)
        {
            return ProblemAnswer.Of([new Problem("program", "asked_anew", seat.Program)]);
        }
        catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return ProblemAnswer.Of(ProblemKind.Stopping, "stopping");
        }
    }

    private static async Task<IResult> ReportAsync(HttpContext context, EngineReads reads, TradingRuntime runtime, CancellationToken stop)
    {
        var bytes = await JsonBody.ReadBytesAsync(context, JsonBody.UsualLimit);
        var (reports, problems) = Parse(bytes);
        if (AccountOf(context, await reads.SnapshotAsync(stop)) is not { } account) return Unknown(context);
        var taken = await runtime.RunAsync((engine, now) => engine.TakeReports(account, reports, now), stop);
        if (problems.Count > 0) return ProblemAnswer.Of(problems);
        return Answers.Of(taken, result => new ReportsAnswer(result.Taken, [.. result.UnknownIds.Select(id => id.Value)]));
    }

    private static async Task<IResult> SettleAsync(HttpContext context, EngineReads reads, TradingRuntime runtime, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("outcome");
        var (outcome, volume, price) = (body.Choice<Core.Orders.SettledAs>("outcome"), body.Volume("filled_volume", null), body.Number("price"));
        if (AccountOf(context, await reads.SnapshotAsync(stop)) is not { } account) return Unknown(context);
        var id = (string)context.GetRouteValue("client_order_id")!;
        if (!Core.Orders.ClientOrderId.IsValid(id)) body.Refuse("client_order_id", "not_an_order_id", id);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        var settlement = new Core.Orders.OrderSettlement(outcome!.Value, volume, price is { } given ? new Price(given) : null);
        var settled = await runtime.RunAsync((engine, now) => engine.SettleOrder(account, new(id), settlement, now), stop);
        return Answers.Of(settled, order => new SettleAnswer(order.Id.Value, order.State, order.FilledVolume.Value));
    }

    private static (IReadOnlyList<Core.Orders.BridgeReport> Reports, IReadOnlyList<Problem> Problems) Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = JsonBody.DeepestNesting });
            return ReportReader.Read(document.RootElement);
        }
        catch (JsonException error)
        {
            throw JsonBody.Malformed(error);
        }
    }

    private static string? ProgramOf(HttpContext context) => context.Request.Query["program"] is [{ Length: > 0 and <= 64 } name] ? name : null;

    private static AccountId? AccountOf(HttpContext context, EngineSnapshot snapshot) =>
        TradingFields.Find(snapshot, (string)context.GetRouteValue("account_id")!)?.Account.Id;

    private static IResult Unknown(HttpContext context) => ProblemAnswer.Of([new Problem("account_id", "unknown_account", context.GetRouteValue("account_id"))]);
}
