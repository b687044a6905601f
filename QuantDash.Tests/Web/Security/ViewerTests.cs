using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Api;
using QuantDash.Web.Features.Emergency;
using QuantDash.Web.Features.Jobs;
using QuantDash.Web.Features.Replay;
using QuantDash.Web.Features.SystemStatus;
using QuantDash.Web.Features.Ticks;
using QuantDash.Web.Jobs;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Web.Security;

/// <summary>What a page does for its reader is asked behind the page once more: a viewer's event changes nothing, whoever made it up.</summary>
[Trait(Profile.Reliability, "E1")]
public sealed class ViewerTests : IDisposable
{
    private static readonly HashSet<string> OnlyLooks = [Scopes.Read];
    private readonly ApiRig _rig = new();

    [Fact]
    public async Task Commands_OfAViewersPage_AreRefused_AndChangeNothing()
    {
        await _rig.ReadyAsync();
        var before = (await _rig.GetAsync("/api/audit")).Body.ToString();
        using (Acting.As(Actor.Of(ActorKind.User, "looker"), OnlyLooks))
        {
            foreach (var (name, command) in Commands())
            {
                (await Should.ThrowAsync<ProblemException>(command, name)).Answer.Problems.Single().Code.ShouldBe("missing_scope", name);
            }
        }

        (await _rig.GetAsync("/api/audit")).Body.ToString().ShouldBe(before);
    }

    [Fact]
    public async Task Looks_OfAViewersPage_AreAnswered()
    {
        await _rig.ReadyAsync();
        using var page = Acting.As(Actor.Of(ActorKind.User, "looker"), OnlyLooks);
        (await _rig.Services.GetRequiredService<TradingRuntime>().ReadAsync((engine, now) => engine.Snapshot(now))).Accounts.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("read", "read")]
    [InlineData("read trade bridge", "read trade bridge")]
    public async Task Events_OfAPage_AreActedOnWithTheRightsOfTheMoment(string? scopes, string may)
    {
        var session = new Present(scopes);
        var handle = new ActingUser(session).CreateInboundActivityHandler(_ =>
        {
            Scopes.All.Where(Acting.May).ShouldBe(may.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            Acting.Now.Kind.ShouldBe(ActorKind.User); // Never the engine, also when the session has ended.
            return Task.CompletedTask;
        });
        await handle((CircuitInboundActivityContext)RuntimeHelpers.GetUninitializedObject(typeof(CircuitInboundActivityContext)));
    }

    /// <summary>Naming another actor inside a page's work gives no rights.</summary>
    [Fact]
    public void Rights_WithinALimit_StayLimited()
    {
        using var page = Acting.As(Actor.Of(ActorKind.User, "looker"), OnlyLooks);
        using var inner = Acting.As(Actor.Engine);
        Acting.May(Scopes.Trade).ShouldBeFalse();
    }

    public void Dispose() => _rig.Dispose();

    private IEnumerable<(string Name, Func<Task> Command)> Commands()
    {
        T Get<T>() where T : notnull => _rig.Services.GetRequiredService<T>();
        yield return ("engine", () => Get<TradingRuntime>().RunAsync((engine, _) => engine.FindAccount(default)));
        yield return ("engine at once", () => Get<TradingRuntime>().RunNowAsync((engine, _) => engine.FindAccount(default)));
        yield return ("ticks", () => Get<TradingRuntime>().PushTicksAsync(new SourceName("test"), []));
        yield return ("stop", () => Get<IEmergencyCounter>().StopAsync(new(null, EmergencyThen.None, "x")));
        yield return ("resume", () => Get<IEmergencyCounter>().ResumeAsync(null, "x"));
        yield return ("job", () => Get<JobDesk>().ActAsync(new JobId("backup"), JobAction.Run));
        yield return ("service", () => Get<LoopDesk>().ActAsync("watchdog", LoopOrder.Stop));
        yield return ("replay", () => Get<ReplayService>().StopAsync(Guid.NewGuid()));
        yield return ("import", () => Task.Run(() => Get<TickImports>().Cancel(Guid.NewGuid())));
    }

    private sealed class Present(string? scopes) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new(
            scopes is null ? new ClaimsIdentity() : new ClaimsIdentity([new(ClaimTypes.Name, "looker"), .. scopes.Split(' ').Select(s => new Claim(Scopes.Claim, s))], SessionCookie.SchemeName))));
    }
}
