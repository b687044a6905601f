using System.Net.WebSockets;

namespace QuantDash.Tests.Support;

/// <summary>A program that is connected and takes nothing: what is sent to it is never on its way, until somebody gives it up.</summary>
internal sealed class StuckSocket : WebSocket
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override WebSocketCloseStatus? CloseStatus => null;
    public override string? CloseStatusDescription => null;
    public override WebSocketState State => _ended.Task.IsCompleted ? WebSocketState.Aborted : WebSocketState.Open;
    public override string? SubProtocol => null;

    public override void Abort() => _ended.TrySetException(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => _ended.Task;

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => _ended.Task;

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        await _ended.Task.WaitAsync(cancellationToken);
        throw new InvalidOperationException("It ends with an exception.");
    }

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) => _ended.Task;

    public override void Dispose() => Abort();
}
