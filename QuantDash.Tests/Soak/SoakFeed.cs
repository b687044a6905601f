using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using QuantDash.Tests.Scenarios;

namespace QuantDash.Tests.Soak;

/// <summary>One sender of ticks: a random walk of a few contracts, in batches as a program at a counter would send them, at a set pace and never faster than they are answered.</summary>
internal sealed class SoakFeed : IDisposable
{
    public const string Source = "soak";
    private const int TicksPerBatch = 2_000;
    private const int Half = 400;
    private readonly HttpClient _http;
    private readonly Walk[] _walks;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Random _random;
    private readonly byte[] _body = new byte[TicksPerBatch * 256];
    private long _at;

    public SoakFeed(Uri address, int seed, params IReadOnlyList<SoakContract> contracts)
    {
        _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TradingClient.Key);
        _random = new(seed);
        _walks = [.. contracts.Select(contract => new Walk(contract))];
    }

    public long Sent { get; private set; }

    public long Accepted { get; private set; }

    public Dictionary<string, long> Refused { get; } = [];

    /// <summary>Nothing is under way while this is held.</summary>
    public async Task<IDisposable> PauseAsync()
    {
        await _gate.WaitAsync();
        return new Held(_gate);
    }

    /// <summary>Sends until <paramref name="most"/> are sent, or somebody stops it.</summary>
    /// <param name="most">Ticks.</param>
    /// <param name="pace">Ticks a second.</param>
    /// <param name="stop">Ends it after the batch under way.</param>
    public async Task RunAsync(long most, double pace, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        while (Sent < most && !stop.IsCancellationRequested)
        {
            await _gate.WaitAsync(CancellationToken.None);
            try
            {
                await SendAsync();
            }
            finally
            {
                _gate.Release();
            }

            var ahead = TimeSpan.FromSeconds(Sent / pace) - clock.Elapsed;
            if (ahead > TimeSpan.Zero) await Task.Delay(ahead, CancellationToken.None);
        }
    }

    public async Task SendAsync(int ticks = TicksPerBatch)
    {
        using var content = new ByteArrayContent(_body, 0, Write(ticks));
        content.Headers.ContentType = new("application/json");
        using var answer = await _http.PostAsync($"api/ticks?source={Source}", content);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
        Count(JsonNode.Parse(text)!, ticks);
    }

    public void Dispose()
    {
        _http.Dispose();
        _gate.Dispose();
    }

    private void Count(JsonNode answer, int ticks)
    {
        Sent += ticks;
        Accepted += answer["accepted"]!.GetValue<int>();
        foreach (var (reason, count) in answer["reasons"]!.AsObject()) Refused[reason] = Refused.GetValueOrDefault(reason) + count!.GetValue<int>();
    }

    private int Write(int ticks)
    {
        var length = 0;
        // One hundred nanoseconds a tick: a feed's clock does not stand still, and does not run ahead.
        _at = Math.Max(_at, DateTimeOffset.UtcNow.Ticks - ticks);
        Put("["u8, ref length);
        for (var i = 0; i < ticks; i++)
        {
            if (i > 0) Put(","u8, ref length);
            var walk = _walks[i % _walks.Length];
            walk.Step(_random);
            Put("{\"symbol\":\""u8, ref length);
            Put(walk.Name, ref length);
            Put("\",\"timestamp\":\""u8, ref length);
            Utf8Formatter.TryFormat(new DateTime(++_at, DateTimeKind.Utc), _body.AsSpan(length), out var written, 'O');
            length += written;
            Put("\",\"last_price\":"u8, ref length);
            Put(walk.Price, ref length);
            Put(",\"bid_price\":"u8, ref length);
            Put(walk.Price - walk.PriceTick, ref length);
            Put(",\"bid_volume\":500,\"ask_price\":"u8, ref length);
            Put(walk.Price + walk.PriceTick, ref length);
            Put(",\"ask_volume\":500,\"volume\":"u8, ref length);
            Put(walk.Volume, ref length);
            Put("}"u8, ref length);
        }

        Put("]"u8, ref length);
        return length;
    }

    private void Put(ReadOnlySpan<byte> text, ref int length)
    {
        text.CopyTo(_body.AsSpan(length));
        length += text.Length;
    }

    private void Put(long number, ref int length)
    {
        Utf8Formatter.TryFormat(number, _body.AsSpan(length), out var written);
        length += written;
    }

    private sealed class Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }

    /// <summary>A price that goes a tick up or down, and turns back at either end of its band.</summary>
    private sealed class Walk(SoakContract contract)
    {
        private long _away;

        public byte[] Name { get; } = System.Text.Encoding.UTF8.GetBytes(contract.Symbol);

        public long PriceTick => contract.PriceTick;

        public long Volume { get; private set; }

        public long Price => contract.Centre + (_away * contract.PriceTick);

        public void Step(Random random)
        {
            _away += random.Next(2) == 0 ? -1 : 1;
            if (Math.Abs(_away) > Half) _away = Math.Sign(_away) * (Half - 1);
            Volume++;
        }
    }
}

/// <param name="PriceTick">A whole number.</param>
/// <param name="Centre">Where its price begins, far from zero.</param>
internal sealed record SoakContract(string Symbol, long PriceTick, long Centre)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Symbol} {Centre}");
}
