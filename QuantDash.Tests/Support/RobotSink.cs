using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace QuantDash.Tests.Support;

/// <summary>A real HTTP server on loopback in the place of the chat robots and of a webhook: checks signatures as they do, by the rules of PROTOCOLS.md 5.2 written out here once
/// more, keeps what it is sent, and answers as told.</summary>
internal sealed class RobotSink : IAsyncDisposable
{
    public const string Secret = "this is secret";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Channel<RobotPost> _posts = Channel.CreateUnbounded<RobotPost>();
    private readonly WebApplication _server;

    private RobotSink(WebApplication server) => _server = server;

    /// <summary>For the next posts; taken when the signature is right when there is none.</summary>
    public ConcurrentQueue<Func<HttpContext, Task>> Answers { get; } = [];

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Of the robots' own clock.</summary>
    public Func<DateTimeOffset> Now { get; set; } = () => TimeProvider.System.GetUtcNow();

    public string Dingtalk => new Uri(Address, "robot/send?access_token=ding-key-93f1").ToString();

    public string Feishu => new Uri(Address, "open-apis/bot/v2/hook/feishu-key-77aa").ToString();

    public string Wecom => new Uri(Address, "cgi-bin/webhook/send?key=wecom-key-5d0c").ToString();

    public string Webhook => new Uri(Address, "hook/of-my-own-2b4e").ToString();

    public static async Task<RobotSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var sink = new RobotSink(server);
        server.Run(sink.TakeAsync);
        await server.StartAsync();
        sink.Address = new(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
        return sink;
    }

    public void AnswerOnce(string body, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers) => Answers.Enqueue(context =>
    {
        context.Response.StatusCode = (int)status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        return context.Response.WriteAsync(body, context.RequestAborted);
    });

    public async Task<RobotPost> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _posts.Reader.ReadAsync(patience.Token);
    }

    public bool TryNext(out RobotPost? post) => _posts.Reader.TryRead(out post);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var read = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await read.ReadToEndAsync(context.RequestAborted);
        var post = new RobotPost(context.Request.Path, context.Request.QueryString.Value ?? "", context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body);
        _posts.Writer.TryWrite(post);
        if (Answers.TryDequeue(out var answer)) await answer(context);
        else await context.Response.WriteAsync(Judge(post), context.RequestAborted);
    }

    private string Judge(RobotPost post)
    {
        if (post.Path.StartsWith("/robot/", StringComparison.Ordinal))
            return IsOfDingtalk(post) ? """{"errcode":0,"errmsg":"ok"}""" : """{"errcode":310000,"errmsg":"sign not match, more: https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq"}""";
        if (post.Path.StartsWith("/open-apis/", StringComparison.Ordinal))
            return IsOfFeishu(post) ? """{"code":0,"msg":"success","data":{}}""" : """{"code":19021,"msg":"sign match fail or timestamp is not within one hour from current time"}""";
        return """{"errcode":0,"errmsg":"ok"}""";
    }

    private bool IsOfDingtalk(RobotPost post)
    {
        var query = post.Query.TrimStart('?').Split('&').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]), StringComparer.Ordinal);
        if (!query.TryGetValue("timestamp", out var time) || !query.TryGetValue("sign", out var sign)) return false;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(time, CultureInfo.InvariantCulture));
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(Secret));
        return (Now() - at).Duration() < TimeSpan.FromHours(1) && sign == Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(time + "\n" + Secret)));
    }

    private bool IsOfFeishu(RobotPost post)
    {
        if (!post.Json.TryGetProperty("timestamp", out var time) || !post.Json.TryGetProperty("sign", out var sign)) return false;
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(time.GetString()!, CultureInfo.InvariantCulture));
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(time.GetString() + "\n" + Secret));
        return (Now() - at).Duration() < TimeSpan.FromHours(1) && sign.GetString() == Convert.ToBase64String(hmac.ComputeHash([]));
    }
}

/// <summary>What came.</summary>
internal sealed record RobotPost(string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The text of a robot's message, whoever's.</summary>
    public string Text => Json.TryGetProperty("text", out var text) ? text.GetProperty("content").GetString()! : Json.GetProperty("content").GetProperty("text").GetString()!;
}
