using Microsoft.Extensions.Options;
using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Configuration;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Demo;

/// <summary>The demo account: offered at first start, made on request, gone on with after a restart unless it was switched off.</summary>
public sealed class DemoService(TradingRuntime runtime, DemoFeed feed, IOptions<QuantDashOptions> options, DemoSetUp setUp) : IHostedService, IDemoSwitch
{
    public DemoStatus Status(EngineSnapshot snapshot) => DemoStatus.Of(snapshot, options.Value.Demo);

    /// <summary>There is nothing yet to look at, and the demo was not switched off.</summary>
    public bool IsOffered(EngineSnapshot snapshot) => options.Value.Demo is null && snapshot is { Recovered: true, Accounts.Count: 0 };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Demo == false) return;
        if (options.Value.Demo == true) await AcceptAsync(cancellationToken);
        else if (Status(runtime.Snapshots.Current).IsOn) feed.Start(fromTheBeginning: false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes source, account, legs and rules in one step of the engine, or goes on with what there is, and starts the market; a second call changes nothing.</summary>
    public async Task AcceptAsync(CancellationToken stop = default)
    {
        var on = await TurnOnAsync(stop);
        if (!on.Succeeded) throw new InvalidOperationException($"The demo could not be set up: {on.Problems[0].Field} {on.Problems[0].Code}.");
    }

    public async Task<IReadOnlyList<Problem>> SwitchAsync(bool on, CancellationToken stop = default)
    {
        Acting.Demand(Scopes.Admin);
        if (options.Value.Demo is { } configured) return configured == on ? [] : [new("enabled", "demo_configured", configured ? "true" : "false")];
        return on ? (await TurnOnAsync(stop)).Problems : await TurnOffAsync(stop);
    }

    private async Task<Outcome<bool>> TurnOnAsync(CancellationToken stop)
    {
        var made = await runtime.RunAsync(TurnOn, stop);
        if (made.Succeeded) feed.Start(fromTheBeginning: made.Value);
        return made;
    }

    private Task<IReadOnlyList<Problem>> TurnOffAsync(CancellationToken stop) => runtime.RunAsync(
        (engine, now) => DemoOf(engine, now) is { IsClosed: false } demo ? engine.Closing.SwitchOffDemo(demo.Id, now).Problems : [],
        stop);

    /// <summary>True: it was made; false: it was there.</summary>
    private Outcome<bool> TurnOn(TradingEngine engine, DateTimeOffset now)
    {
        if (DemoOf(engine, now) is not { } demo) return setUp.Make(engine, now) is { Count: > 0 } problems ? Outcome<bool>.Failure(problems) : Outcome<bool>.Success(true);
        var opened = demo.IsClosed ? engine.Closing.SwitchOnDemo(demo.Id, now) : Outcome<Account>.Success(demo);
        return opened.Succeeded ? Outcome<bool>.Success(false) : Outcome<bool>.Failure(opened.Problems);
    }

    private static Account? DemoOf(TradingEngine engine, DateTimeOffset now) => DemoStatus.AccountIn(engine.Snapshot(now));
}
