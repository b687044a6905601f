using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Notifications;

/// <summary>Hands mail to a server (RFC 5321), with TLS and sign-in as the channel says. A password goes over TLS or to the own machine, never in the open.</summary>
internal sealed class EmailProtocol(TimeProvider clock) : IChannelProtocol
{
    // A mail server takes its time: several answers, and some look at who calls before the first.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(1);

    /// <inheritdoc cref="SmtpConnection.TrustedRoot"/>
    internal X509Certificate2? TrustedRoot { get; init; }

    public ChannelKind Kind => ChannelKind.Email;

    public async Task<Delivery> SendAsync(NotificationChannel channel, Notification notification, CancellationToken stop)
    {
        using var timer = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
        await using var connection = new SmtpConnection { TrustedRoot = TrustedRoot };
        try
        {
            return await OpenAsync(connection, channel, either.Token) ?? await HandInAsync(connection, channel, notification, either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new(DeliveryResult.Unavailable, $"no answer within {Patience.TotalSeconds:0} s", null, DeliveryHint.NoAnswer);
        }
        catch (AuthenticationException)
        {
            return new(DeliveryResult.Unavailable, "no TLS could be agreed on, or the certificate is not trusted", null, DeliveryHint.Certificate);
        }
        catch (SocketException error)
        {
            return new(DeliveryResult.Unavailable, $"the server cannot be reached ({error.SocketErrorCode})", null, DeliveryHint.Unreachable);
        }
        catch (IOException)
        {
            return new(DeliveryResult.Unavailable, "the connection broke, or no mail server answered", null, DeliveryHint.Unreachable);
        }
    }

    /// <summary>Connects, turns to TLS and signs in; null when all of it went well.</summary>
    private static async Task<Delivery?> OpenAsync(SmtpConnection connection, NotificationChannel channel, CancellationToken stop)
    {
        var (host, security) = (channel.Setting(ChannelFields.Host), channel.Setting(ChannelFields.Security));
        await connection.ConnectAsync(host, int.Parse(channel.Setting(ChannelFields.Port), CultureInfo.InvariantCulture), stop);
        if (security == ChannelFields.Tls) await connection.TurnToTlsAsync(host, stop);
        if (await connection.ReadAsync(stop) is { IsPositive: false } busy) return Waits(busy);
        var hello = await connection.AskAsync("EHLO quantdash", stop);
        if (!hello.IsPositive) return Waits(hello);
        if (security == ChannelFields.StartTls)
        {
            if (!Offers(hello, "STARTTLS") || await connection.AskAsync("STARTTLS", stop) is { IsPositive: false }) return new(DeliveryResult.Unavailable, "the server offers no STARTTLS", null, DeliveryHint.NoStartTls);
            await connection.TurnToTlsAsync(host, stop);
            hello = await connection.AskAsync("EHLO quantdash", stop); // What it offered before was said in the open.
            if (!hello.IsPositive) return Waits(hello);
        }

        var (user, password) = (channel.Setting(ChannelFields.User), channel.Setting(ChannelFields.Password));
        if (user.Length == 0) return null;
        var signedIn = await SignInAsync(connection, hello, user, password, stop);
        return signedIn.IsPositive ? null : Waits(signedIn, DeliveryHint.WrongCredentials);
    }

    private static async Task<SmtpReply> SignInAsync(SmtpConnection connection, SmtpReply hello, string user, string password, CancellationToken stop)
    {
        var ways = hello.Lines.FirstOrDefault(line => line.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase)) ?? "";
        if (ways.Contains("PLAIN", StringComparison.OrdinalIgnoreCase) || ways.Length == 0) return await connection.AskAsync("AUTH PLAIN " + Base64($"\0{user}\0{password}"), stop);
        var asked = await connection.AskAsync("AUTH LOGIN", stop);
        if (asked.Code == 334) asked = await connection.AskAsync(Base64(user), stop);
        return asked.Code == 334 ? await connection.AskAsync(Base64(password), stop) : asked;
    }

    private async Task<Delivery> HandInAsync(SmtpConnection connection, NotificationChannel channel, Notification notification, CancellationToken stop)
    {
        var (from, to) = (channel.Setting(ChannelFields.From), ChannelCheck.Recipients(channel.Setting(ChannelFields.To)));
        if (await connection.AskAsync($"MAIL FROM:<{from}>", stop) is { IsPositive: false } refused) return Waits(refused, DeliveryHint.SenderRefused);
        foreach (var one in to)
        {
            // All or nobody: who was served already would be served again with every attempt.
            if (await connection.AskAsync($"RCPT TO:<{one}>", stop) is { IsPositive: false } unknown) return Waits(unknown, DeliveryHint.RecipientRefused);
        }

        if (await connection.AskAsync("DATA", stop) is { Code: not 354 } shut) return Waits(shut);
        await connection.WriteAsync(MailMessage.Write(notification, from, to, clock.GetUtcNow()), stop);
        var taken = await connection.AskAsync(".", stop);
        if (!taken.IsPositive) return taken.Code >= 500 ? new(DeliveryResult.Refused, taken.Text, null, DeliveryHint.BadMessage) : Waits(taken);
        await LeaveAsync(connection, stop);
        return Delivery.Arrived;
    }

    /// <summary>The mail is the server's by now, whatever becomes of the goodbye.</summary>
    private async Task LeaveAsync(SmtpConnection connection, CancellationToken stop)
    {
        using var timer = new CancellationTokenSource(PatienceAtTheEnd, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
        try
        {
            await connection.AskAsync("QUIT", either.Token);
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            // It was delivered.
        }
    }

    private static Delivery Waits(SmtpReply reply, DeliveryHint? hint = null) => new(DeliveryResult.Unavailable, reply.Text, null, reply.Code is >= 400 and < 500 && hint != DeliveryHint.WrongCredentials ? null : hint);

    private static bool Offers(SmtpReply hello, string what) => hello.Lines.Any(line => line.Equals(what, StringComparison.OrdinalIgnoreCase) || line.StartsWith(what + " ", StringComparison.OrdinalIgnoreCase));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
