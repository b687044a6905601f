using Microsoft.AspNetCore.Http.Connections;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Streams;

/// <summary>WebSockets for programs that read: quotes of one contract, and what happened (docs/streams.md).</summary>
public static class StreamEndpoints
{
    private const int SlowestPace = 5000;
    private const int LargestQuestion = 16 * 1024;
    private static readonly TimeSpan UsualPace = Live.Paces.Quotes;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddStreams(this IServiceCollection services)
    {
        services.AddSingleton<StreamEpoch>().AddSingleton<StreamSeats>().AddSingleton<StreamMeter>().AddSingleton<StandingCaller>();
        services.AddSingleton<MarketBoard>().AddSingleton<ITickSink>(provider => provider.GetRequiredService<MarketBoard>());
        services.AddSingleton<LiveListeners>().AddSingleton<AccountStream>();
        services.AddSignalR().AddJsonProtocol(json => ApiJson.Configure(json.PayloadSerializerOptions)).AddHubOptions<LiveHub>(hub => hub.MaximumReceiveMessageSize = LargestQuestion);
        return services.AddSingleton<MarketStream>().AddSingleton<AlertStream>();
    }

    public static void MapStreams(this IEndpointRouteBuilder app)
    {
        app.Map("/ws/market/{symbol}", MarketAsync).RequireAuthorization(Scopes.Read);
        app.Map("/ws/alerts", AlertsAsync).RequireAuthorization(Scopes.Read);
        app.MapHub<LiveHub>("/hubs/live", hub => hub.Transports = HttpTransportType.WebSockets).RequireAuthorization(Scopes.Read);
        app.ServiceProvider.GetRequiredService<StreamMeter>(); // Counts from the start, be it nought.
    }

    private static async Task<IResult> MarketAsync(HttpContext context, string symbol, EngineReads reads, ContractCatalog catalog, MarketStream market, TimeProvider clock)
    {
        var snapshot = await reads.SnapshotAsync(context.RequestAborted);
        var query = new QueryFields(context.Request.Query);
        var pace = query.Number("pace_ms", 0, SlowestPace) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : UsualPace;
        var from = query.Number("after", 0, long.MaxValue) is { } after ? new StreamPosition(query.Text("epoch"), after) : (StreamPosition?)null;
        var found = catalog.Resolve(symbol, TradingFields.DayOf(snapshot, null, clock.GetUtcNow()));
        if (!found.Succeeded) return new ProblemAnswer(ProblemKind.NotFound, found.Problems);
        var source = SourceOf(query, snapshot, found.Value.Symbol);
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        return await ListenAsync(context, StreamKind.Market, stop => market.ReadAsync(source!, found.Value.Symbol, from, pace, stop));
    }

    private static async Task<IResult> AlertsAsync(HttpContext context, AlertStream alerts)
    {
        var query = new QueryFields(context.Request.Query);
        var after = query.Number("after", 0, long.MaxValue);
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        var language = RequestLanguage.Of(context);
        return await ListenAsync(context, StreamKind.Alerts, stop => alerts.ReadAsync(after, language, stop));
    }

    /// <summary>The one that is named, or that an account hears; without a name the only one that quotes the contract, or the only one there is.</summary>
    private static Source? SourceOf(QueryFields query, EngineSnapshot snapshot, Symbol symbol)
    {
        var account = query.Account(snapshot);
        if (query.Text("source") is { } name)
        {
            if (snapshot.Sources.FirstOrDefault(view => view.Source.Name.Value == name) is { } named) return named.Source;
            query.Refuse("source", "unknown_source", name);
            return null;
        }

        if (account is not null && snapshot.Accounts.First(view => view.Account.Id == account).Account.Source is var heard)
            return snapshot.Sources.First(view => view.Source.Name == heard).Source;
        var quoting = snapshot.Quotes.Where(quote => quote.Contract.Symbol == symbol).Select(quote => quote.Source).ToList();
        if (quoting.Count == 0) quoting = [.. snapshot.Sources.Select(view => view.Source.Name)];
        if (quoting.Count == 1) return snapshot.Sources.First(view => view.Source.Name == quoting[0]).Source;
        query.Refuse("source", "required");
        return null;
    }

    private static async Task<IResult> ListenAsync(HttpContext context, StreamKind kind, Func<CancellationToken, IAsyncEnumerable<object>> messages)
    {
        if (!context.WebSockets.IsWebSocketRequest) return ProblemAnswer.Of(ProblemKind.Unreadable, "not_a_web_socket");
        var services = context.RequestServices;
        var seats = services.GetRequiredService<StreamSeats>();
        using var seat = seats.Take(IdempotencyId.CallerOf(context.User));
        if (seat is null) return ProblemAnswer.Of(ProblemKind.TooManyRequests, "too_many_streams", seats.Most.Caller, seats.Most.Together);
        var host = services.GetRequiredService<IHostApplicationLifetime>();
        var standing = services.GetRequiredService<StandingCaller>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = KeepAlive, KeepAliveTimeout = KeepAlive });
        var stream = new StreamSocket(socket, kind, services.GetRequiredService<StreamMeter>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<StreamSocket>>());
        await stream.RunAsync(messages, token => standing.IsGoodAsync(context, Scopes.Read, token), stop.Token);
        return Results.Empty;
    }
}
