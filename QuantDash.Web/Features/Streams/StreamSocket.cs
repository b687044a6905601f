using System.Net.WebSockets;
using System.Text.Json;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Streams;

/// <summary>Sends messages over one WebSocket until its program hangs up or falls behind, its key or session ends, or we go. One message at a time: what comes meanwhile waits where it
/// is numbered, so that a slow program costs nobody but itself.</summary>
internal sealed class StreamSocket(WebSocket socket, StreamKind kind, StreamMeter meter, TimeProvider clock, ILogger log)
{
    private const int LargestWord = 4096;

    /// <summary>How long one message may wait to be taken.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How often the right to listen is looked up.</summary>
    public static readonly TimeSpan StandingPace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);
    private static readonly StreamEnd Gone = new(WebSocketCloseStatus.NormalClosure, "");
    private static readonly StreamEnd Stopping = new(WebSocketCloseStatus.EndpointUnavailable, "stopping");
    private static readonly StreamEnd Revoked = new(WebSocketCloseStatus.PolicyViolation, "not_signed_in");
    private static readonly StreamEnd TooBig = new(WebSocketCloseStatus.MessageTooBig, "body_too_large");
    private static readonly StreamEnd Broken = new(WebSocketCloseStatus.InternalServerError, "internal");

    /// <param name="messages">What is sent, each as one JSON text.</param>
    /// <param name="isGood">Whether its caller may still listen.</param>
    /// <param name="stop">The host stops, or the connection is gone.</param>
    public async Task RunAsync(Func<CancellationToken, IAsyncEnumerable<object>> messages, Func<CancellationToken, Task<bool>> isGood, CancellationToken stop)
    {
        using var counted = meter.Open(kind);
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var hearing = new CancellationTokenSource();
        var (sent, watched, heard) = (SendAllAsync(messages, sending.Token), WatchAsync(isGood, sending.Token), HearAsync(hearing.Token));
        var end = await await Task.WhenAny(sent, watched, heard);
        await sending.CancelAsync();
        await Task.WhenAll(sent, watched);
        await CloseAsync(end, heard);
        await hearing.CancelAsync();
        await heard;
    }

    private async Task<StreamEnd> SendAllAsync(Func<CancellationToken, IAsyncEnumerable<object>> messages, CancellationToken stop)
    {
        try
        {
            await foreach (var message in messages(stop)) await SendAsync(message);
            return Stopping;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Stopping;
        }
        catch (TimeoutException)
        {
            meter.ClosedSlow(kind);
            log.LogInformation("A program that listens to {Stream} did not take a message for {Patience}: it is let go", kind, Patience);
            socket.Abort(); // It takes no farewell either.
            return Gone;
        }
        catch (Exception error) when (error is WebSocketException or IOException or ObjectDisposedException || (error is InvalidOperationException && socket.State != WebSocketState.Open))
        {
            return Gone;
        }
        catch (Exception error)
        {
            log.LogError(error, "A stream of {Stream} ends: what it tells could not be read", kind);
            return Broken;
        }
    }

    // Not with the token that ends the stream: a message that is cut in two would end the connection without a word.
    private async Task SendAsync(object message)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), ApiJson.Options);
        var sent = socket.SendAsync(bytes.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        if (sent.IsCompletedSuccessfully) await sent;
        else await sent.AsTask().WaitAsync(Patience, clock);
        meter.Sent(kind);
    }

    private async Task<StreamEnd> WatchAsync(Func<CancellationToken, Task<bool>> isGood, CancellationToken stop)
    {
        try
        {
            do await Task.Delay(StandingPace, clock, stop);
            while (await isGood(stop));
            return Revoked;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Stopping;
        }
    }

    /// <summary>Programs have nothing to say here but that they go; answers to our pings are the socket's own business.</summary>
    private async Task<StreamEnd> HearAsync(CancellationToken stop)
    {
        var buffer = new byte[1024];
        try
        {
            for (var length = 0; ;)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(), stop);
                if (read.MessageType == WebSocketMessageType.Close) return Gone;
                length += read.Count;
                if (length > LargestWord) return TooBig;
                if (read.EndOfMessage) length = 0;
            }
        }
        catch (Exception error) when (error is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            return Gone;
        }
    }

    private async Task CloseAsync(StreamEnd end, Task heard)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        try
        {
            await socket.CloseOutputAsync(end.Status, end.Reason, CancellationToken.None).WaitAsync(Farewell, clock);
            await heard.WaitAsync(Farewell, clock);
        }
        catch (Exception error) when (error is WebSocketException or IOException or TimeoutException or ObjectDisposedException or InvalidOperationException)
        {
            socket.Abort();
        }
    }

    private sealed record StreamEnd(WebSocketCloseStatus Status, string Reason);
}
