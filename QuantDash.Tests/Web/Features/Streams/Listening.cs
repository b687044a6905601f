using System.Net.WebSockets;
using System.Text.Json;
using QuantDash.Tests.Web.Api;

namespace QuantDash.Tests.Web.Features.Streams;

/// <summary>A program at the end of one of our sockets.</summary>
internal static class Listening
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>The next message; a farewell is <c>{"closed": code, "reason": …}</c>.</summary>
    public static async Task<JsonElement> NextAsync(this WebSocket socket)
    {
        var buffer = new byte[256 * 1024];
        using var patience = new CancellationTokenSource(Patience);
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), patience.Token);
            if (read.MessageType == WebSocketMessageType.Close) return JsonSerializer.SerializeToElement(new { type = "closed", code = (int?)socket.CloseStatus, reason = socket.CloseStatusDescription });
            length += read.Count;
            if (read.EndOfMessage) return JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length));
        }
    }

    /// <summary>The next message of a type.</summary>
    public static async Task<JsonElement> NextAsync(this WebSocket socket, string type)
    {
        while (true)
        {
            if (await socket.NextAsync() is var message && message.GetProperty("type").GetString() == type) return message;
        }
    }

    public static long Sequence(this JsonElement message) => message.GetProperty("sequence").GetInt64();

    public static decimal LastPrice(this JsonElement message) => message.GetProperty("quote").GetProperty("last_price").GetDecimal();

    /// <summary>The status with which a handshake was refused.</summary>
    public static async Task<int> RefusedAsync(this ApiRig rig, string path, string? key = ApiRig.AdminKey, string? origin = null)
    {
        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => rig.ConnectAsync(path, key, origin));
        return int.Parse(refusal.Message.AsSpan(refusal.Message.LastIndexOf(' ') + 1), System.Globalization.CultureInfo.InvariantCulture);
    }
}
