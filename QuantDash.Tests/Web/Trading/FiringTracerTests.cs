using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using QuantDash.Core.Engine;
using QuantDash.Tests.Web.Adapters.Storage;
using QuantDash.Tests.Web.Api;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Web.Trading;

public sealed class FiringTracerTests
{
    [Fact]
    public async Task Firing_WithACollector_ArrivesAsOneTraceFromTickToFill()
    {
        var posts = Channel.CreateUnbounded<byte[]>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.MapPost("/v1/traces", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            posts.Writer.TryWrite(body.ToArray());
        });
        await collector.StartAsync();
        string trigger;
        using (var api = await new ApiRig(("QuantDash:Telemetry:Otlp", collector.Urls.Single())).ReadyAsync())
        {
            await api.PushAsync(ApiRig.Tick(5400, 1));
            await api.PostAsync("/api/position_snapshots", $$"""{"account_id":"{{api.Account}}","positions":[{"symbol":"CZCE.TA2505","long_position":10,"long_today":10,"long_avg_price":5400}]}""");
            await api.PostAsync("/api/lock/configs", $$"""{"account_id":"{{api.Account}}","symbol":"CZCE.TA2505","direction":"long","trigger_type":"price","trigger_price":5500,"auto_execute":true}""");
            await api.PushAsync(ApiRig.Tick(5500, 2));
            trigger = (await api.GetAsync("/api/lock/triggers")).Body.GetProperty("items")[0].GetProperty("id").GetString()!;
            await api.PushAsync(ApiRig.Tick(5500, 3));
        }

        var seen = new StringBuilder();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!seen.ToString().Contains(trigger, StringComparison.Ordinal)) seen.Append(Encoding.Latin1.GetString(await posts.Reader.ReadAsync(patience.Token)));
        foreach (var part in (string[])["firing", "decide", "commit", "order", "intended", "fill", "filled", "quantdash.client_order_id", "CZCE.TA2505"]) seen.ToString().ShouldContain(part);
    }

    [Fact]
    public void Spans_AreChildrenOfTheirFiring_AndLeaveTheThreadAlone()
    {
        using var tracer = new FiringTracer(TimeProvider.System);
        var ended = new List<Activity>();
        using var listener = Listen(ended);
        var some = new StorageSamples(61);
        var trigger = some.Trigger(some.Id()) with { Status = QuantDash.Core.Locking.TriggerStatus.Executing };
        tracer.Take(new(1, [new JournalChange.TriggerSaved(trigger)]), TimeProvider.System.GetTimestamp());
        Activity.Current.ShouldBeNull();
        tracer.Take(new(2, [new JournalChange.TriggerSaved(trigger with { Status = QuantDash.Core.Locking.TriggerStatus.Failed, ErrorMessage = "why" }, trigger)]), null);
        List<Activity> all;
        lock (ended) all = [.. ended]; // Those of tests beside this one too.
        var mine = all.Where(one => one.TraceId == all.Single(root => root.OperationName == "firing" && Equals(root.GetTagItem("quantdash.trigger_id"), trigger.Id.ToString())).TraceId).ToList();
        mine.Select(one => one.OperationName).ShouldBe(["decide", "firing"]);
        (mine[0].ParentSpanId, mine[1].Status, mine[1].StatusDescription).ShouldBe((mine[1].SpanId, ActivityStatusCode.Error, "why"));
        mine[0].Duration.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public void Unheard_CostsNoMemory()
    {
        using var tracer = new FiringTracer(TimeProvider.System, "unheard");
        var some = new StorageSamples(62);
        var batch = new JournalBatch(1, [new JournalChange.TriggerSaved(some.Trigger(some.Id()))]);
        for (var i = 0; i < 100; i++) tracer.Take(batch, 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            tracer.Take(batch, 1);
            tracer.Sent(1);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static ActivityListener Listen(List<Activity> ended)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == FiringTracer.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (ended) ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
