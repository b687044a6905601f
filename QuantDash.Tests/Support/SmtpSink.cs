using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;

namespace QuantDash.Tests.Support;

/// <summary>A mail server on loopback that speaks as much SMTP as a submission needs: EHLO, STARTTLS or TLS from the first byte, AUTH PLAIN and LOGIN, MAIL, RCPT, DATA.</summary>
internal sealed class SmtpSink : IDisposable
{
    public const string User = "trader@example.com";
    public const string Password = "mail-password-of-mine";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<SmtpMail> _mails = Channel.CreateUnbounded<SmtpMail>();
    private readonly bool _tls;
    private readonly bool _startTls;
    private readonly X509Certificate2 _certificate;

    private SmtpSink(bool tls, bool startTls) => (_tls, _startTls, _certificate) = (tls, startTls, MakeCertificate());

    /// <summary>Answers by the beginning of the command instead of the usual ones; <c>.</c> for the end of the mail.</summary>
    public Dictionary<string, string> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>Ways of signing in that it offers.</summary>
    public string Ways { get; init; } = "PLAIN LOGIN";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Signed by itself: whoever is to believe it must be told so.</summary>
    public X509Certificate2 Certificate => _certificate;

    public static SmtpSink Start(bool tls = false, bool startTls = false, string ways = "PLAIN LOGIN")
    {
        var sink = new SmtpSink(tls, startTls) { Ways = ways };
        sink._listener.Start();
        _ = sink.AcceptAsync();
        return sink;
    }

    public async Task<SmtpMail> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _mails.Reader.ReadAsync(patience.Token);
    }

    public bool TryNext(out SmtpMail? mail) => _mails.Reader.TryRead(out mail);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
        _certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                if (_tls) stream = await SecureAsync(stream);
                await new Conversation(this, stream, _tls).RunAsync();
            }
            catch (Exception error) when (error is IOException or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
            {
                // The other side went away, or did not believe us.
            }
        }
    }

    private async Task<Stream> SecureAsync(Stream stream)
    {
        var secured = new SslStream(stream);
        await secured.AuthenticateAsServerAsync(_certificate);
        return secured;
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private sealed class Conversation(SmtpSink sink, Stream stream, bool secured)
    {
        private Stream _stream = stream;
        private bool _secured = secured;
        private string? _signedIn;
        private string _from = "";
        private readonly List<string> _to = [];

        public async Task RunAsync()
        {
            await SayAsync("220 sink ESMTP");
            while (await LineAsync() is { } line)
            {
                var overridden = sink.Answers.FirstOrDefault(a => line.StartsWith(a.Key, StringComparison.OrdinalIgnoreCase)).Value;
                if (overridden is not null)
                {
                    await SayAsync(overridden);
                    continue;
                }

                if (!await AnswerAsync(line)) return;
            }
        }

        private async Task<bool> AnswerAsync(string line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    await SayAsync("250-sink greets you\r\n" + (sink._startTls && !_secured ? "250-STARTTLS\r\n" : "250-AUTH " + sink.Ways + "\r\n") + "250 8BITMIME");
                    return true;
                case "STARTTLS" when sink._startTls:
                    await SayAsync("220 go ahead");
                    _stream = await sink.SecureAsync(_stream);
                    _secured = true;
                    return true;
                case "AUTH":
                    await SayAsync(await SignInAsync(line) ? "235 welcome" : "535 5.7.8 Error: authentication failed for " + User);
                    return true;
                case "MAIL":
                    _from = Between(line);
                    await SayAsync("250 ok");
                    return true;
                case "RCPT":
                    _to.Add(Between(line));
                    await SayAsync("250 ok");
                    return true;
                case "DATA":
                    await SayAsync("354 go ahead");
                    await TakeAsync();
                    return true;
                case "QUIT":
                    await SayAsync("221 bye");
                    return false;
                default:
                    await SayAsync("502 what?");
                    return true;
            }
        }

        private async Task TakeAsync()
        {
            var data = new StringBuilder();
            while (await LineAsync() is { } line && line != ".") data.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");
            if (sink.Answers.TryGetValue(".", out var refused))
            {
                await SayAsync(refused);
                return;
            }

            sink._mails.Writer.TryWrite(new(_from, [.. _to], data.ToString(), _secured, _signedIn));
            await SayAsync("250 taken");
        }

        private async Task<bool> SignInAsync(string line)
        {
            string user, password;
            if (line.StartsWith("AUTH PLAIN ", StringComparison.OrdinalIgnoreCase))
            {
                var parts = Text(line["AUTH PLAIN ".Length..]).Split('\0');
                (user, password) = (parts[1], parts[2]);
            }
            else
            {
                await SayAsync("334 VXNlcm5hbWU6");
                user = Text(await LineAsync() ?? "");
                await SayAsync("334 UGFzc3dvcmQ6");
                password = Text(await LineAsync() ?? "");
            }

            _signedIn = (user, password) == (User, Password) ? user : null;
            return _signedIn is not null;
        }

        private static string Text(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

        private static string Between(string line) => line[(line.IndexOf('<') + 1)..line.IndexOf('>')];

        private async Task SayAsync(string line) => await _stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), sink._stop.Token);

        private async Task<string?> LineAsync()
        {
            var line = new List<byte>();
            var one = new byte[1];
            while (await _stream.ReadAsync(one, sink._stop.Token) == 1)
            {
                if (one[0] == '\n') return Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
                line.Add(one[0]);
            }

            return null;
        }
    }
}

/// <summary>A mail that was taken.</summary>
/// <param name="Data">As it came.</param>
/// <param name="Secured">Over TLS.</param>
/// <param name="SignedIn">As whom; null: as nobody.</param>
internal sealed record SmtpMail(string From, IReadOnlyList<string> To, string Data, bool Secured, string? SignedIn)
{
    public string Body => Encoding.UTF8.GetString(Convert.FromBase64String(Data[(Data.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]));

    public string Header(string name)
    {
        var unfolded = Data[..Data.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal);
        return unfolded.Split("\r\n").First(h => h.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];
    }

    /// <summary>Encoded words (RFC 2047) put together.</summary>
    public string Subject => string.Concat(Header("Subject").Split(' ').Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word["=?UTF-8?B?".Length..^2]))));
}
