using Microsoft.AspNetCore.SignalR;
using QuantDash.Web.Api;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Streams;

/// <summary>Who listens over the hub: a place is taken, and the connection ends with the right to it.</summary>
public sealed class LiveListeners(StreamSeats seats, StreamMeter meter, StandingCaller standing, IHostApplicationLifetime host, TimeProvider clock)
{
    public (int Caller, int Together) Most => seats.Most;

    /// <summary>Null: no place is left.</summary>
    public LiveListener? Enter(HubCallerContext caller, CancellationToken stop) =>
        seats.Take(IdempotencyId.CallerOf(caller.User!)) is { } seat ? new(seat, meter, WatchAsync, caller, CancellationTokenSource.CreateLinkedTokenSource(stop, host.ApplicationStopping)) : null;

    private async Task WatchAsync(HubCallerContext caller, CancellationToken stop)
    {
        var context = caller.GetHttpContext()!;
        try
        {
            do await Task.Delay(StreamSocket.StandingPace, clock, stop);
            while (await standing.IsGoodAsync(context, Scopes.Read, stop));
            caller.Abort();
        }
        catch (OperationCanceledException)
        {
            // It hears no more.
        }
    }
}

/// <summary>One stream of the hub.</summary>
public sealed class LiveListener : IDisposable
{
    private readonly IDisposable _seat;
    private readonly IDisposable _open;
    private readonly StreamMeter _meter;
    private readonly CancellationTokenSource _end;

    internal LiveListener(IDisposable seat, StreamMeter meter, Func<HubCallerContext, CancellationToken, Task> watch, HubCallerContext caller, CancellationTokenSource end)
    {
        (_seat, _open, _meter, _end) = (seat, meter.Open(StreamKind.Live), meter, end);
        _ = watch(caller, end.Token);
    }

    public CancellationToken Ended => _end.Token;

    public void Count() => _meter.Sent(StreamKind.Live);

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _open.Dispose();
        _seat.Dispose();
    }
}
