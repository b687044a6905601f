using System.Text;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>The last that a process printed, however much it prints.</summary>
internal sealed class LogTail
{
    private const int Longest = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly byte[] _ring = new byte[Longest];
    private long _written;

    public async Task FollowAsync(Stream stream)
    {
        var buffer = new byte[4096];
        try
        {
            int count;
            while ((count = await stream.ReadAsync(buffer)) > 0) Add(buffer.AsSpan(0, count));
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // Closed on our side.
        }
    }

    public override string ToString()
    {
        lock (_lock)
        {
            var length = (int)Math.Min(_written, Longest);
            var bytes = new byte[length];
            for (var i = 0; i < length; i++) bytes[i] = _ring[(_written - length + i) % Longest];
            return Encoding.UTF8.GetString(bytes);
        }
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            foreach (var one in bytes) _ring[_written++ % Longest] = one;
        }
    }
}
