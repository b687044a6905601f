using System.Net;
using System.Net.Sockets;
using System.Text;

namespace QuantDash.Tests.Support;

internal enum Towards { Server, Client }

/// <summary>A wire of loopback between a program and a server that can be cut, cut in the middle of a frame, fall silent without telling anybody (half-open), and be down for a while.
/// Nothing in it is random: what happens is what it is told.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Link> _links = [];
    private readonly Task _accepting;
    private (Towards Way, byte[] Words, double Share, Func<Task> Then)? _trap;
    private TaskCompletionSource? _silence;
    private bool _isDown;
    private int _accepted;

    public FaultProxy(Uri target)
    {
        _target = new(IPAddress.Loopback, target.Port);
        _listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Connections taken so far; those of a wire that is down are not.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Resets every connection, and every new one until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        _isDown = true;
        DropAll();
    }

    /// <summary>Resets every connection; the next one is let through.</summary>
    public void DropAll()
    {
        List<Link> links;
        lock (_gate) links = [.. _links];
        foreach (var link in links) link.Reset();
    }

    /// <summary>Both sides believe that they are connected, and nothing comes through: no byte, no end.</summary>
    public void FallSilent() => _silence ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The wire works; what was held back by silence is lost with its connection.</summary>
    public void Mend()
    {
        if (_silence is { } was)
        {
            // The links go first: what one of them has just read must still find the silence, or nowhere to go.
            DropAll();
            _silence = null;
            was.TrySetResult();
        }
        _isDown = false;
    }

    /// <summary>The next chunk with these words is forwarded up to <paramref name="share"/> of its length, and then this happens; once.</summary>
    public void Trap(Towards way, string words, double share, Func<Task> then)
    {
        lock (_gate) _trap = (way, Encoding.ASCII.GetBytes(words), share, then);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        DropAll();
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                if (_isDown) Link.Reset(socket);
                else _ = CarryAsync(socket);
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task CarryAsync(Socket client)
    {
        Interlocked.Increment(ref _accepted);
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        var link = new Link(client, server);
        lock (_gate) _links.Add(link);
        try
        {
            await server.ConnectAsync(_target);
            await Task.WhenAny(ForwardAsync(link, client, server, Towards.Server), ForwardAsync(link, server, client, Towards.Client));
        }
        catch (SocketException)
        {
            // The server is not there: neither is the link.
        }
        finally
        {
            lock (_gate) _links.Remove(link);
            link.Reset();
        }
    }

    private async Task ForwardAsync(Link link, Socket from, Socket to, Towards way)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
            {
                if (_silence is { } silence)
                {
                    await silence.Task;
                    return;
                }
                var chunk = buffer.AsMemory(0, read);
                if (Sprung(way, chunk.Span) is not { } trap)
                {
                    await SendAsync(to, chunk);
                    continue;
                }
                await SendAsync(to, chunk[..(int)(read * trap.Share)]);
                link.Reset();
                await trap.Then();
                return;
            }
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // One end was reset.
        }
    }

    private (double Share, Func<Task> Then)? Sprung(Towards way, ReadOnlySpan<byte> chunk)
    {
        lock (_gate)
        {
            if (_trap is not { } trap || trap.Way != way || chunk.IndexOf(trap.Words) < 0) return null;
            _trap = null;
            return (trap.Share, trap.Then);
        }
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[await to.SendAsync(bytes)..];
    }

    private sealed class Link(Socket client, Socket server)
    {
        public void Reset()
        {
            Reset(client);
            Reset(server);
        }

        public static void Reset(Socket socket)
        {
            try
            {
                socket.LingerState = new(true, 0);
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // It is down already.
            }
            socket.Dispose();
        }
    }
}
