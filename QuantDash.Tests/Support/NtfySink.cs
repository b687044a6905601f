using System.Collections.Concurrent;
using System.Net;
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

/// <summary>A real HTTP server on loopback in the place of ntfy: keeps what it is sent, and answers as told.</summary>
internal sealed class NtfySink : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Channel<NtfyPost> _posts = Channel.CreateUnbounded<NtfyPost>();
    private readonly WebApplication _server;

    private NtfySink(WebApplication server) => _server = server;

    /// <summary>Status, headers and body for the next posts; 200 with ntfy's usual answer when there is none.</summary>
    public ConcurrentQueue<Func<HttpContext, Task>> Answers { get; } = [];

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public string TopicUrl => new Uri(Address, "trader").ToString();

    public static async Task<NtfySink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var sink = new NtfySink(server);
        server.Run(sink.TakeAsync);
        await server.StartAsync();
        sink.Address = new(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
        return sink;
    }

    public void AnswerOnce(HttpStatusCode status, string body = "", params (string Name, string Value)[] headers) => Answers.Enqueue(context =>
    {
        context.Response.StatusCode = (int)status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        return context.Response.WriteAsync(body, context.RequestAborted);
    });

    /// <summary>Takes the next post and never answers it.</summary>
    public void HangOnce() => Answers.Enqueue(context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));

    public async Task<NtfyPost> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _posts.Reader.ReadAsync(patience.Token);
    }

    /// <summary>The next post with this title's beginning; what comes before it is passed over.</summary>
    public async Task<NtfyPost> NextAsync(string title)
    {
        while (true)
        {
            var post = await NextAsync();
            if (post.Title.Contains(title, StringComparison.Ordinal)) return post;
        }
    }

    public bool TryNext(out NtfyPost? post) => _posts.Reader.TryRead(out post);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        _posts.Writer.TryWrite(new(context.Request.Method, context.Request.Path, context.Request.Headers.Authorization.ToString(), body.RootElement.Clone()));
        if (Answers.TryDequeue(out var answer)) await answer(context);
        else await context.Response.WriteAsync("""{"id":"hwQ2YpKdmg","time":1,"event":"message"}""", context.RequestAborted);
    }
}

/// <summary>What came.</summary>
internal sealed record NtfyPost(string Method, string Path, string Authorization, JsonElement Body)
{
    public string Title => Body.GetProperty("title").GetString()!;
    public string Message => Body.GetProperty("message").GetString()!;
    public string Id => Body.GetProperty("sequence_id").GetString()!;
    public int Priority => Body.GetProperty("priority").GetInt32();
}
