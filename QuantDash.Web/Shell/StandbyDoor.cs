using System.Net.Sockets;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Features.SystemStatus;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Shell;

/// <summary>What answers at our address while another process trades: how we are, and a sentence to everybody else. The real server has not started yet.</summary>
internal sealed class StandbyDoor : IAsyncDisposable
{
    private readonly WebApplication? _server;

    private StandbyDoor(WebApplication? server) => _server = server;

    /// <param name="settings">For the address.</param>
    /// <param name="role">As configured.</param>
    /// <param name="holder">Who trades, as far as known.</param>
    /// <param name="log">Told when the address is taken.</param>
    /// <param name="stop">Ends the opening.</param>
    public static async Task<StandbyDoor> OpenAsync(IConfiguration settings, string role, Func<TraderHolder?> holder, ILogger log, CancellationToken stop)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Configure(settings.GetSection("Kestrel"));
        });
        builder.WebHost.UseUrls((settings["Urls"] ?? "http://localhost:8888").Split(';'));
        var server = builder.Build();
        server.Run(context => AnswerAsync(context, role, holder()));
        try
        {
            await server.StartAsync(stop);
            return new(server);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            // The trader itself may have it, on this machine. It is free once we take over.
            log.LogWarning("Standing by without an address of our own: {Error}", error.Message);
            await server.DisposeAsync();
            return new(null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null) return;
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200)); // Whoever waits for an answer here is better served by the trader that we are about to be.
        await _server.StopAsync(patience.Token);
        await _server.DisposeAsync();
    }

    private static Task AnswerAsync(HttpContext context, string role, TraderHolder? holder) => context.Request.Path.Value switch
    {
        "/health" => Results.Json(HealthAnswer.Standby(role, holder), ApiJson.Options, statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context),
        "/health/live" => Results.Json(new ProbeAnswer("ok"), ApiJson.Options).ExecuteAsync(context),
        "/health/ready" => Results.Json(new ProbeAnswer("standby"), ApiJson.Options, statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context),
        _ => NoEngineAnswer.ExecuteAsync(context, ProblemKind.Standby, new Problem("", "stands_by", holder?.Name ?? "?")),
    };
}
