using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace QuantDash.Tests.Soak;

/// <summary>Has another .NET process collect its whole heap, by the door that every one of them has for diagnosis: a trace session that asks for a collection when
/// it begins. So the program under test needs nothing that a trader's would not have.</summary>
internal static class ForcedCollection
{
    private const byte Tracing = 0x02;
    private const byte StopSession = 0x01;
    private const byte BeginSession = 0x02;
    private const byte Fine = 0x00;
    private const int HeaderLength = 20;
    private const ulong CollectOnBegin = 0x800000;
    private const uint Everything = 5;

    private static ReadOnlySpan<byte> Magic => "DOTNET_IPC_V1\0"u8;

    public static async Task OfAsync(int processId, CancellationToken stop = default)
    {
        await using var session = await AskAsync(processId, BeginSession, Wish(), stop);
        var number = await AnswerAsync(session, stop);
        var rest = session.CopyToAsync(Stream.Null, stop);
        await using (var end = await AskAsync(processId, StopSession, number, stop)) await AnswerAsync(end, stop);
        await rest;
    }

    private static async Task<NetworkStream> AskAsync(int processId, byte command, byte[] payload, CancellationToken stop)
    {
        var door = Directory.GetFiles(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"dotnet-diagnostic-{processId}-*-socket")).Single();
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(door), stop);
        var stream = new NetworkStream(socket, ownsSocket: true);
        await stream.WriteAsync(Message(command, payload), stop);
        return stream;
    }

    private static byte[] Message(byte command, byte[] payload)
    {
        var message = new byte[HeaderLength + payload.Length];
        Magic.CopyTo(message);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(Magic.Length), (ushort)message.Length);
        (message[Magic.Length + 2], message[Magic.Length + 3]) = (Tracing, command);
        payload.CopyTo(message, HeaderLength);
        return message;
    }

    /// <summary>A buffer of 1 MB, the newest format, and one provider: the runtime, with nothing but the collection.</summary>
    private static byte[] Wish()
    {
        using var wish = new MemoryStream();
        using var to = new BinaryWriter(wish);
        to.Write(1u);
        to.Write(1u);
        to.Write(1u);
        to.Write(CollectOnBegin);
        to.Write(Everything);
        const string provider = "Microsoft-Windows-DotNETRuntime\0";
        to.Write((uint)provider.Length);
        to.Write(Encoding.Unicode.GetBytes(provider));
        to.Write(0u);
        to.Flush();
        return wish.ToArray();
    }

    private static async Task<byte[]> AnswerAsync(NetworkStream stream, CancellationToken stop)
    {
        var header = new byte[HeaderLength];
        await stream.ReadExactlyAsync(header, stop);
        var payload = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(Magic.Length)) - HeaderLength];
        await stream.ReadExactlyAsync(payload, stop);
        return header[Magic.Length + 3] == Fine ? payload : throw new InvalidOperationException($"The runtime refused: {Convert.ToHexString(payload)}");
    }
}
