using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace QuantDash.Web.Adapters.Notifications;

/// <summary>What a mail server answered.</summary>
/// <param name="Lines">The text of each line, without the code.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsPositive => Code is >= 200 and < 400;

    public string Text => $"{Code} {string.Join(' ', Lines)}";
}

/// <summary>The wire to a mail server: commands, replies, and the turn to TLS. Of our own, because the framework's client knows no TLS from the first byte, which is what
/// many mail services of the mainland take.</summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    private const int LongestLine = 2048;
    private const int MostLines = 100;
    private readonly TcpClient _client = new();
    private readonly byte[] _buffer = new byte[4096];
    private Stream _stream = Stream.Null;
    private int _at;
    private int _filled;

    /// <summary>Signs what it trusts beside the machine's own authorities: for tests.</summary>
    public X509Certificate2? TrustedRoot { get; init; }

    public async Task ConnectAsync(string host, int port, CancellationToken stop)
    {
        await _client.ConnectAsync(host, port, stop);
        _client.NoDelay = true;
        _stream = _client.GetStream();
    }

    /// <summary>What was read before is not the server's: somebody in between could have put it there.</summary>
    public async Task TurnToTlsAsync(string host, CancellationToken stop)
    {
        (_at, _filled) = (0, 0);
        var tls = new SslStream(_stream);
        _stream = tls;
        var options = new SslClientAuthenticationOptions { TargetHost = host };
        if (TrustedRoot is { } root)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.Add(root);
        }

        await tls.AuthenticateAsClientAsync(options, stop);
    }

    public async Task<SmtpReply> AskAsync(string command, CancellationToken stop)
    {
        await WriteAsync(command + "\r\n", stop);
        return await ReadAsync(stop);
    }

    public async Task WriteAsync(string text, CancellationToken stop)
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(text), stop);
        await _stream.FlushAsync(stop);
    }

    public async Task<SmtpReply> ReadAsync(CancellationToken stop)
    {
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await LineAsync(stop);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var code)) break;
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-') return new(code, lines);
        }

        throw new IOException("The server does not speak SMTP.");
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _client.Dispose();
    }

    private async Task<string> LineAsync(CancellationToken stop)
    {
        var line = new List<byte>(80);
        while (line.Count < LongestLine)
        {
            if (_at == _filled)
            {
                (_at, _filled) = (0, await _stream.ReadAsync(_buffer, stop));
                if (_filled == 0) throw new IOException("The server ended the connection.");
            }

            var next = _buffer[_at++];
            if (next == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(next);
        }

        throw new IOException("The server does not speak SMTP.");
    }
}
