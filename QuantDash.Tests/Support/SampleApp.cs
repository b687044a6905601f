using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Positions;
using QuantDash.Web.Features.Locks;
using QuantDash.Web.Features.Positions;
using QuantDash.Web.Live;

namespace QuantDash.Tests.Support;

/// <summary>The real host on a real port, drawing <see cref="SampleSnapshot"/> instead of an engine: pictures that are the same every time.</summary>
internal sealed class SampleApp : WebApplicationFactory<Program>
{
    private readonly TempFolder _folder = new();
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly LiveState<EngineSnapshot> _snapshots;
    private readonly Timer _mover;
    private int _step;

    public SampleApp()
    {
        _snapshots = new(SampleSnapshot.At(_start));
        _mover = new(_ => _snapshots.Publish(SampleSnapshot.At(DateTimeOffset.UtcNow, ++_step)), null, 300, 300);
        Address = new($"http://127.0.0.1:{AppProcess.FreePort()}/");
        UseKestrel(Address.Port);
        StartServer();
    }

    public Uri Address { get; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        var history = new SampleHistory(_start);
        var tape = new EventTape<TapeEvent>(100, e => e.Number);
        tape.ResumeAfter(SampleHistory.Events(_start).Count());
        builder.UseSetting("QuantDash:DataDirectory", _folder.File("data"));
        builder.ConfigureTestServices(services =>
        {
            services.RemoveAll<LiveState<EngineSnapshot>>().AddSingleton(_snapshots);
            services.RemoveAll<EventTape<TapeEvent>>().AddSingleton(tape);
            services.RemoveAll<ILockDesk>().AddSingleton<ILockDesk>(new SampleLockDesk());
            services.RemoveAll<IOrderCounter>().AddSingleton<IOrderCounter>(new SampleOrderCounter());
            services.RemoveAll<IServiceStatusBoard>().AddSingleton<IServiceStatusBoard>(new SampleServices(_start));
            services.RemoveAll<ILockHistory>().AddSingleton<ILockHistory>(history);
            services.RemoveAll<IFundsHistory>().AddSingleton<IFundsHistory>(history);
            services.RemoveAll<ITapeHistory>().AddSingleton<ITapeHistory>(history);
        });
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _mover.Dispose();
        base.Dispose(disposing);
        _folder.Dispose();
    }
}
