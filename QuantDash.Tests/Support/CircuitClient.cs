using System.Buffers.Binary;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace QuantDash.Tests.Support;

/// <summary>A page of the program without a browser: speaks its circuit's protocol (blazorpack: MessagePack in frames of their length) and does what no browser would: does not
/// acknowledge, does not read, sends what was never offered, drops.</summary>
internal sealed partial class CircuitClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private int _batches;

    /// <summary>Render batches that came.</summary>
    public int Batches => Volatile.Read(ref _batches);

    /// <summary>Whether it tells the server that a batch was drawn.</summary>
    public bool Acknowledges { get; init; } = true;

    /// <summary>Ends when the server has ended it.</summary>
    public Task Ended => _reading;

    /// <summary>Opens a page as far as its first drawn parts, or until the server ends it.</summary>
    /// <param name="http">Signed in: its cookie is the page's.</param>
    /// <param name="cookie">The Cookie header of that session.</param>
    public async Task OpenAsync(Uri address, HttpClient http, string cookie, string path)
    {
        var page = await http.GetStringAsync(new Uri(address, path));
        var markers = Marker().Matches(page).Select(match => match.Groups[1].Value).ToList();
        markers.Count.ShouldBeGreaterThan(0, "no circuit in this page");
        var state = State().Match(page).Groups[1].Value;
        await ConnectAsync(address, http, cookie);
        _reading = Task.Run(ReadAsync);
        await SendAsync(Invocation("StartCircuit", address.ToString(), new Uri(address, path).ToString(), "[]", state, invocation: "0"));
        var operations = new JsonArray([.. markers.Select((marker, index) => new JsonObject { ["type"] = "add", ["ssrComponentId"] = index + 1, ["marker"] = JsonNode.Parse(marker) })]);
        await SendAsync(Invocation("UpdateRootComponents", new JsonObject { ["batchId"] = 1, ["operations"] = operations }.ToJsonString(), state));
        await Task.WhenAny(_drawn.Task, _reading).WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>What a page's script would call on the server, with whatever arguments.</summary>
    public Task CallAsync(string target, params object?[] arguments) => SendAsync(Invocation(target, arguments, null));

    /// <summary>No goodbye.</summary>
    public void Drop() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Abort();
        await _reading.WaitAsync(TimeSpan.FromSeconds(30));
        _socket.Dispose();
        _sending.Dispose();
        _stop.Dispose();
    }

    private async Task ConnectAsync(Uri address, HttpClient http, string cookie)
    {
        using var negotiated = await http.PostAsync(new Uri(address, "_blazor/negotiate?negotiateVersion=1"), null);
        var token = (await negotiated.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("connectionToken").GetString();
        _socket.Options.SetRequestHeader("Cookie", cookie);
        _socket.Options.SetRequestHeader("Origin", address.ToString().TrimEnd('/'));
        await _socket.ConnectAsync(new Uri($"ws://127.0.0.1:{address.Port}/_blazor?id={token}"), _stop.Token);
        await _socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, _stop.Token);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        var pending = new List<byte>();
        var greeted = false;
        try
        {
            while (true)
            {
                var read = await _socket.ReceiveAsync(buffer, _stop.Token);
                if (read.MessageType == WebSocketMessageType.Close) return;
                pending.AddRange(buffer.AsSpan(0, read.Count));
                if (!greeted && pending.IndexOf(0x1e) is >= 0 and var end)
                {
                    pending.RemoveRange(0, end + 1);
                    greeted = true;
                }

                if (greeted) await HandleAsync(pending);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // Ended by either side.
        }
    }

    private async Task HandleAsync(List<byte> pending)
    {
        while (TryFrame(pending, out var frame))
        {
            var reader = new PackReader(frame);
            if (reader.Array() < 5 || reader.Value() is not 1L) continue;
            reader.Value();
            reader.Value();
            var target = (string)reader.Value()!;
            reader.Array();
            if (target == "JS.RenderBatch")
            {
                var batch = (long)reader.Value()!;
                if (Interlocked.Increment(ref _batches) >= 2) _drawn.TrySetResult();
                if (Acknowledges) await SendAsync(Invocation("OnRenderCompleted", [batch, null], null));
            }
            else if (target == "JS.BeginInvokeJS" && reader.Value() is long and not 0L and var call)
            {
                await SendAsync(Invocation("EndInvokeJSFromDotNet", [call, true, $"[{call},true,null]"], null));
            }
        }
    }

    private static bool TryFrame(List<byte> pending, out byte[] frame)
    {
        var (length, shift, at) = (0, 0, 0);
        frame = [];
        while (true)
        {
            if (at >= pending.Count) return false;
            var next = pending[at++];
            length |= (next & 0x7f) << shift;
            shift += 7;
            if ((next & 0x80) == 0) break;
        }

        if (pending.Count < at + length) return false;
        frame = [.. pending.GetRange(at, length)];
        pending.RemoveRange(0, at + length);
        return true;
    }

    private async Task SendAsync(byte[] frame)
    {
        await _sending.WaitAsync(_stop.Token);
        try
        {
            await _socket.SendAsync(frame, WebSocketMessageType.Binary, true, _stop.Token);
        }
        catch (Exception error) when (error is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The server has ended it; Ended tells.
        }
        finally
        {
            _sending.Release();
        }
    }

    private static byte[] Invocation(string target, string first, string second, string third, string fourth, string invocation) => Invocation(target, [first, second, third, fourth], invocation);

    private static byte[] Invocation(string target, string first, string second) => Invocation(target, [first, second], null);

    private static byte[] Invocation(string target, object?[] arguments, string? invocation)
    {
        var body = new List<byte> { 0x95, 1, 0x80 };
        Write(body, invocation);
        Write(body, target);
        body.Add((byte)(0x90 | arguments.Length));
        foreach (var argument in arguments) Write(body, argument);
        var length = new List<byte>();
        for (var rest = (uint)body.Count; ; rest >>= 7)
        {
            length.Add((byte)(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest));
            if (rest <= 0x7f) break;
        }

        return [.. length, .. body];
    }

    private static void Write(List<byte> body, object? value)
    {
        switch (value)
        {
            case null:
                body.Add(0xc0);
                break;
            case bool truth:
                body.Add((byte)(truth ? 0xc3 : 0xc2));
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                body.Add(0xdb);
                body.AddRange(BitConverter.IsLittleEndian ? BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(bytes.Length)) : BitConverter.GetBytes(bytes.Length));
                body.AddRange(bytes);
                break;
            default:
                body.Add(0xd3);
                var number = new byte[8];
                BinaryPrimitives.WriteInt64BigEndian(number, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                body.AddRange(number);
                break;
        }
    }

    /// <summary>As much of MessagePack as the server sends in front of what is looked at here.</summary>
    private sealed class PackReader(byte[] bytes)
    {
        private readonly byte[] _bytes = bytes;
        private int _at;

        public int Array()
        {
            var first = _bytes[_at++];
            if ((first & 0xf0) == 0x90) return first & 0x0f;
            if (first != 0xdc) throw new InvalidDataException($"No array: {first:x2}");
            return Number(2);
        }

        public object? Value()
        {
            var first = _bytes[_at++];
            return first switch
            {
                < 0x80 => (long)first,
                0xc0 or 0x80 => null,
                0xc2 => false,
                0xc3 => true,
                0xcc or 0xd0 => (long)Number(1),
                0xcd or 0xd1 => (long)Number(2),
                0xce or 0xd2 => (long)Number(4),
                >= 0xa0 and < 0xc0 => Text(first & 0x1f),
                0xd9 => Text(Number(1)),
                0xda => Text(Number(2)),
                0xdb => Text(Number(4)),
                _ => throw new InvalidDataException($"Not expected here: {first:x2}"),
            };
        }

        private int Number(int size)
        {
            var value = 0;
            for (var i = 0; i < size; i++) value = (value << 8) | _bytes[_at++];
            return value;
        }

        private string Text(int length)
        {
            _at += length;
            return Encoding.UTF8.GetString(_bytes, _at - length, length);
        }
    }

    [GeneratedRegex("<!--Blazor:(.*?)-->")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();
}
