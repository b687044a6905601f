using System.Net.WebSockets;
using System.Text.Json;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Bridge;

/// <summary>The long poll's messages over one socket: commands as they come, reports (one or an array) answered with what became of them.</summary>
internal sealed class BridgeSocket(WebSocket socket, AccountId account, BridgeWaiting waiting, TradingRuntime runtime) : IDisposable
{
    private const int LargestMessage = 1024 * 1024;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(20);
    private readonly SemaphoreSlim _sending = new(1);

    public async Task RunAsync(CancellationToken stop)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var commands = SendCommandsAsync(both.Token);
        try
        {
            await ReceiveAsync(both.Token);
        }
        catch (WebSocketException)
        {
            // The program has gone; it will come again.
        }
        finally
        {
            await both.CancelAsync();
            await commands.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _sending.Dispose();

    private async Task SendCommandsAsync(CancellationToken stop)
    {
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
        try
        {
            using var document = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = JsonBody.DeepestNesting });
            var (reports, problems) = ReportReader.Read(document.RootElement);
            var taken = await runtime.RunAsync((engine, now) => engine.TakeReports(account, reports, now), stop);
            await SendAsync(
                new SocketAnswer(taken.Succeeded ? taken.Value.Taken : 0, taken.Succeeded ? [.. taken.Value.UnknownIds.Select(id => id.Value)] : [], [.. problems.Select(Sentence)]),
                stop);
        }
        catch (JsonException error)
        {
            await SendAsync(new SocketAnswer(0, [], [error.Message]), stop);
        }
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

    private static string Sentence(Problem problem) => $"{problem.Field}: {ProblemSentences.Write(problem, System.Globalization.CultureInfo.InvariantCulture)}";

    /// <param name="Problems">Reports that could not be read; the others were taken.</param>
    private sealed record SocketAnswer(int Taken, IReadOnlyList<string> UnknownIds, IReadOnlyList<string> Problems);
}
