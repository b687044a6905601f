using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using QuantDash.Core.Notifications;
using QuantDash.Tests.Support;
using QuantDash.Web.Configuration;
using QuantDash.Web.Features.Watchdog;

namespace QuantDash.Tests.Web.Features.Watchdog;

/// <summary>The watch itself, on a clock that moves when told, with a trader and a phone that answer as told.</summary>
public sealed class TraderWatchTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly Traders _traders = new();
    private readonly Phone _phone = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
    private readonly HttpClient _client;
    private readonly QuantDashOptions _options = new() { Watchdog = new() { Traders = "http://one:8888 http://two:8888/", SilentSeconds = 20, Name = "cellar" }, Notifications = new() { Language = "en" } };

    public TraderWatchTests() => _client = new(_traders);

    [Fact]
    public async Task Trader_ThatGoes_IsCalledOutAndCalledBack()
    {
        var watch = Start();
        await LooksAsync(watch, 4);
        _phone.Sent.Reader.TryRead(out _).ShouldBeFalse("all is well");

        _traders.Answers["one"] = null;
        await LooksAsync(watch, 5);
        var gone = await _phone.NextAsync();
        (gone.Title, gone.Priority).ShouldBe(("QuantDash does not answer", NotificationPriority.Urgent));
        gone.Message.ShouldContain("Not ready since 2026-01-05 01:00:20 UTC, for 0:00:20.\nhttp://one:8888/: no_answer; http://two:8888/: standby");

        _traders.Answers["two"] = "ok";
        await LooksAsync(watch, 2);
        (await _phone.NextAsync()).Title.ShouldBe("QuantDash answers again", "the one that stood by took over");
        _phone.Sent.Reader.TryRead(out _).ShouldBeFalse();
        _traders.Names.ShouldBe(["cellar"]);
    }

    [Fact]
    public async Task Phone_ThatRefuses_IsCalledUntilItAnswers_WithOneId()
    {
        _traders.Answers["one"] = null;
        _phone.Refuse = 2;
        var watch = Start();
        await LooksAsync(watch, 8);
        var ids = new[] { (await _phone.NextAsync()).Id, (await _phone.NextAsync()).Id, (await _phone.NextAsync()).Id };
        ids.Distinct().ShouldHaveSingleItem();
        watch.Trouble.ShouldBeNull();
        _phone.Sent.Reader.TryRead(out _).ShouldBeFalse("it was delivered");
    }

    [Fact]
    public async Task Watchdog_RestartedInAnOutage_CallsNobodyAnew_AndSaysWhenItIsOver()
    {
        _traders.Answers["one"] = null;
        await LooksAsync(Start(), 6);
        (await _phone.NextAsync()).Title.ShouldContain("does not answer");

        var second = Start();
        await LooksAsync(second, 10);
        _phone.Sent.Reader.TryRead(out _).ShouldBeFalse("it was told already");
        _traders.Answers["one"] = "ok";
        await LooksAsync(second, 2);
        var back = await _phone.NextAsync();
        back.Title.ShouldBe("QuantDash answers again");
        back.Message.ShouldContain("since 2026-01-05 01:00:00 UTC");
    }

    [Theory]
    [InlineData("ftp://a", "Traders")]
    [InlineData("", "Traders")]
    [InlineData("http://a http://user@b", "Traders")]
    public void Addresses_ThatAreNone_AreNamed(string traders, string named) =>
        string.Join('\n', new WatchdogOptions { Traders = traders }.Mistakes()).ShouldContain(named);

    public void Dispose()
    {
        _client.Dispose();
        _traders.Dispose();
        _services.Dispose();
        _folder.Dispose();
    }

    private TraderWatch Start()
    {
        _options.DataDirectory = _folder.Path;
        var options = Options.Create(_options);
        var text = _services.GetRequiredService<IStringLocalizer<WatchdogText>>();
        return new(new(_client, options, _clock), _phone, new(text, options), new(options, NullLogger<WatchMemory>.Instance), options, _clock, NullLogger<TraderWatch>.Instance);
    }

    /// <summary>So many looks, five seconds apart.</summary>
    private async Task LooksAsync(TraderWatch watch, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await watch.TurnAsync(CancellationToken.None);
            _clock.Advance(TimeSpan.FromSeconds(5));
        }
    }

    private sealed class Traders : HttpMessageHandler
    {
        /// <summary>By host; null: nobody is there.</summary>
        public Dictionary<string, string?> Answers { get; } = new(StringComparer.Ordinal) { ["one"] = "ok", ["two"] = "standby" };

        public HashSet<string> Names { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri!.AbsolutePath.ShouldBe("/health/ready");
            Names.Add(request.Headers.GetValues(WatchdogOptions.Header).Single());
            if (Answers[request.RequestUri.Host] is not { } word) throw new HttpRequestException("refused");
            return Task.FromResult(new HttpResponseMessage(word == "ok" ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable) { Content = new StringContent($$"""{"status":"{{word}}"}""") });
        }
    }

    private sealed class Phone : INotifier
    {
        public Channel<Notification> Sent { get; } = Channel.CreateUnbounded<Notification>();

        public int Refuse { get; set; }

        public bool IsConfigured => true;

        public Task<Delivery> SendAsync(Notification notification, CancellationToken stop = default)
        {
            Sent.Writer.TryWrite(notification);
            return Task.FromResult(Refuse-- > 0 ? new Delivery(DeliveryResult.Unavailable, "busy") : Delivery.Arrived);
        }

        public async Task<Notification> NextAsync()
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            return await Sent.Reader.ReadAsync(patience.Token);
        }
    }
}
