using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Bridge;

/// <summary>The long poll's messages over one socket: commands as they come; reports, snapshots, trades and ticks answered as over HTTP.</summary>
internal sealed class BridgeSocket(WebSocket socket, AccountId account, BridgeWaiting waiting, BridgeMessages answers, CultureInfo language, ILogger log) : IDisposable
{
    private const int LargestMessage = 1024 * 1024;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(20);
    private readonly SemaphoreSlim _sending = new(1);

    /// <param name="first">What was there to be handed out on connecting: told even when it is nothing, for its epoch.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(BridgeHandOut first, CancellationToken stop)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var (commands, messages) = (SendCommandsAsync(first, both.Token), ReceiveAsync(both.Token));
        try
        {
            // A socket that only hears would look like a link while no order leaves: whichever ends, the program is to come again.
            await await Task.WhenAny(commands, messages);
        }
        catch (WebSocketException)
        {
            // The program has gone; it will come again.
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The program hung up, another took its seat, or we are going.
        }
        catch (Exception error) when (commands.IsFaulted)
        {
            log.LogError(error, "The socket of bridge account {AccountId} ends: its commands could not be handed out", account);
        }
        finally
        {
            await both.CancelAsync();
            await commands.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await messages.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _sending.Dispose();

    private async Task SendCommandsAsync(BridgeHandOut first, CancellationToken stop)
    {
        await SendAsync(CommandsAnswer.Of(first), stop);
        while (!stop.IsCancellationRequested)
        {
            var taken = await waiting.WaitAsync(account, Pace, stop);
            if (taken is { Succeeded: true, Value.IsNews: true }) await SendAsync(CommandsAnswer.Of(taken.Value), stop);
        }
    }

    private async Task ReceiveAsync(CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(), stop);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stop);
                return;
            }
            message.Write(buffer, 0, read.Count);
            if (message.Length > LargestMessage)
            {
                await socket.CloseAsync(WebSocketCloseStatus.MessageTooBig, null, stop);
                return;
            }
            if (!read.EndOfMessage) continue;
            await AnswerAsync(message.ToArray(), stop);
            message.SetLength(0);
        }
    }

    private async Task AnswerAsync(byte[] message, CancellationToken stop)
    {
        var answer = await answers.AnswerAsync(account, message, language, stop);
        await SendAsync(answer.Body, stop);
    }

    private async Task SendAsync<T>(T message, CancellationToken stop)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message, ApiJson.Options);
        await _sending.WaitAsync(stop);
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, stop);
        }
        finally
        {
            _sending.Release();
        }
    }
}
