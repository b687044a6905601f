using System.Net;
using System.Net.Sockets;
using System.Text;

namespace QuantDash.Tests.Support;

/// <summary>The wire itself: what the tests on it rely on.</summary>
public sealed class FaultProxyTests : IAsyncLifetime
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private FaultProxy _proxy = null!;
    private TcpClient _client = null!;
    private Socket _atServer = null!;

    public async Task InitializeAsync()
    {
        _server.Start();
        _proxy = new(new($"http://127.0.0.1:{((IPEndPoint)_server.LocalEndpoint).Port}/"));
        _client = new();
        await _client.ConnectAsync(IPAddress.Loopback, _proxy.Address.Port);
        _atServer = await _server.AcceptSocketAsync();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        _atServer.Dispose();
        await _proxy.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task Whole_CarriesBothWays()
    {
        await SendAsync("ask");
        (await AtServerAsync(3)).ShouldBe("ask");
        await _atServer.SendAsync("answer"u8.ToArray());
        (await AtClientAsync(6)).ShouldBe("answer");
    }

    [Fact]
    public async Task Trap_ForwardsAPartOfTheFrame_AndResetsBothEnds()
    {
        var sprung = new TaskCompletionSource();
        _proxy.Trap(Towards.Server, "fill", 0.5, () =>
        {
            sprung.SetResult();
            return Task.CompletedTask;
        });
        await SendAsync("no word of it");
        (await AtServerAsync(13)).ShouldBe("no word of it");
        await SendAsync("fill T1.");
        await sprung.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await Should.ThrowAsync<Exception>(async () => await AtClientAsync(1));
        var got = "";
        await Should.ThrowAsync<Exception>(async () =>
        {
            while (true) got += await AtServerAsync(1);
        });
        "fill".ShouldStartWith(got);
    }

    [Fact]
    public async Task Silence_SaysNothing_AndMendingLosesWhatItHeld()
    {
        _proxy.FallSilent();
        await SendAsync("lost");
        var waiting = AtServerAsync(4);
        _client.Connected.ShouldBeTrue("nobody said that it ended");
        waiting.IsCompleted.ShouldBeFalse();
        _proxy.Mend();
        await Should.ThrowAsync<Exception>(async () => await waiting);
    }

    [Fact]
    public async Task Cut_RefusesUntilMended()
    {
        _proxy.Cut();
        await Should.ThrowAsync<Exception>(async () => await AtClientAsync(1));
        using (var early = new TcpClient())
        {
            await Should.ThrowAsync<Exception>(async () =>
            {
                await early.ConnectAsync(IPAddress.Loopback, _proxy.Address.Port);
                (await early.GetStream().ReadAsync(new byte[1])).ShouldBe(1);
            });
        }
        _proxy.Accepted.ShouldBe(1);
        _proxy.Mend();
        using var late = new TcpClient();
        await late.ConnectAsync(IPAddress.Loopback, _proxy.Address.Port);
        using var again = await _server.AcceptSocketAsync();
        _proxy.Accepted.ShouldBe(2);
    }

    private async Task SendAsync(string text) => await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));

    private async Task<string> AtServerAsync(int length)
    {
        var buffer = new byte[length];
        for (var at = 0; at < length;)
        {
            var read = await _atServer.ReceiveAsync(buffer.AsMemory(at));
            if (read == 0) throw new EndOfStreamException();
            at += read;
        }
        return Encoding.ASCII.GetString(buffer);
    }

    private async Task<string> AtClientAsync(int length)
    {
        var buffer = new byte[length];
        await _client.GetStream().ReadExactlyAsync(buffer);
        return Encoding.ASCII.GetString(buffer);
    }
}
