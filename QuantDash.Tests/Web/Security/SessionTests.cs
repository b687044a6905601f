using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Features.People;
using QuantDash.Web.Security;

namespace QuantDash.Tests.Web.Security;

[Trait(Profile.Reliability, "E3")]
public sealed class SessionTests : IAsyncLifetime
{
    private readonly AppFactory _app = new() { Settings = { ["QuantDash:Demo"] = "false" } };

    public Task InitializeAsync() => SignedIn.AddUserAsync(_app.Services, "anna", Roles.Admin);

    public Task DisposeAsync()
    {
        _app.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("http", "quantdash.session", false)]
    [InlineData("https", "__Host-quantdash.session", true)]
    public async Task Cookie_OfASession_IsHiddenFromScripts_AndBoundToTheHostOverTls(string scheme, string name, bool secure)
    {
        using var client = _app.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new($"{scheme}://localhost") });
        using var answer = await SignedIn.PostAsync(client, "anna", SignedIn.Password);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(name + "=", StringComparison.Ordinal)).ToLowerInvariant();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("path=/");
        cookie.ShouldNotContain("domain=");
        cookie.Contains("; secure", StringComparison.Ordinal).ShouldBe(secure);
        (await client.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SignIn_OverASession_BeginsANewOne()
    {
        using var client = _app.CreateClient(new() { AllowAutoRedirect = false });
        await SignedIn.PostAsync(client, "anna", SignedIn.Password);
        await client.GetAsync("/"); // The session is known.
        using var bare = _app.CreateClient(new() { AllowAutoRedirect = false });
        await SignedIn.PostAsync(bare, "anna", SignedIn.Password);
        (await OpenAsync()).Select(s => s.Id).Distinct().Count().ShouldBe(2);
    }

    /// <summary>This one, and no other of the same person.</summary>
    [Fact]
    public async Task SignOut_EndsThisSession()
    {
        using var one = await SignedIn.AsAsync(_app, "anna");
        using var other = await SignedIn.AsAsync(_app, "anna");
        (await SignedIn.SendAsync(one, "/sign-out", "/sign-out", [])).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await one.GetAsync("/api/positions")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await other.GetAsync("/api/positions")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Password_Changed_EndsEverySession()
    {
        using var one = await SignedIn.AsAsync(_app, "anna");
        using var other = await SignedIn.AsAsync(_app, "anna");
        var own = _app.Services.GetRequiredService<OwnAccount>();
        var id = (await OpenAsync())[0].UserId;
        (await own.ChangePasswordAsync(id, "wrong", "quite another password", "quite another password")).Single().Code.ShouldBe("wrong_password");
        (await own.ChangePasswordAsync(id, SignedIn.Password, "quite another password", "quite another passwort")).Single().Code.ShouldBe("passwords_differ");
        (await own.ChangePasswordAsync(id, SignedIn.Password, "short", "short")).Single().Code.ShouldBe("password_too_short");
        (await one.GetAsync("/api/positions")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await own.ChangePasswordAsync(id, SignedIn.Password, "quite another password", "quite another password")).ShouldBeEmpty();
        (await one.GetAsync("/api/positions")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await other.GetAsync("/api/positions")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_OfAFortnight_IsOver_HoweverBusy()
    {
        using var client = await SignedIn.AsAsync(_app, "anna");
        await using (var db = await ContextAsync())
        {
            foreach (var session in await db.Set<UserSession>().ToListAsync()) session.CreatedAt -= SessionCookie.AbsoluteLimit;
            await db.SaveChangesAsync();
        }

        var fresh = new Sessions(_app.Services.GetRequiredService<IDbContextFactory<QuantDashContext>>(), TimeProvider.System);
        (await fresh.IsGoodAsync(await PrincipalAsync(), CancellationToken.None)).ShouldBeFalse();
        (await fresh.ListAsync(null)).ShouldBeEmpty();
    }

    [Fact]
    public void Cookie_Unused_IsOverAfterADay()
    {
        var options = new Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions();
        SessionCookie.Configure(options);
        options.ExpireTimeSpan.ShouldBe(TimeSpan.FromDays(1));
    }

    /// <summary>What an open page asks, and how often: together within half a minute, also when another process ended the session.</summary>
    [Fact]
    public async Task OpenPage_OfAnEndedSession_LosesItsRightsWithinHalfAMinute()
    {
        (LiveSession.Pace + Sessions.Freshness).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(30));
        using var client = await SignedIn.AsAsync(_app, "anna");
        var user = await PrincipalAsync();
        using var page = new Asked(_app.Services.GetRequiredService<Sessions>());
        (await page.AskAsync(user)).ShouldBeTrue();
        await _app.Services.GetRequiredService<Sessions>().EndAsync(Sessions.Of(user)!.Value);
        (await page.AskAsync(user)).ShouldBeFalse();
        (await page.AskAsync(new ClaimsPrincipal(new ClaimsIdentity()))).ShouldBeFalse();
    }

    /// <summary>Nobody can end a session then, and whoever has to stop must not be put out; what is not known yet stays out.</summary>
    [Fact]
    public async Task Session_WhileTheDatabaseIsAway_StaysAsItWas()
    {
        using var client = await SignedIn.AsAsync(_app, "anna");
        var user = await PrincipalAsync();
        var storage = new Away(_app.Services.GetRequiredService<IDbContextFactory<QuantDashContext>>());
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var sessions = new Sessions(storage, clock);
        (await sessions.IsGoodAsync(user, CancellationToken.None)).ShouldBeTrue();
        storage.IsAway = true;
        clock.Advance(TimeSpan.FromMinutes(10));
        (await sessions.IsGoodAsync(user, CancellationToken.None)).ShouldBeTrue();
        await Should.ThrowAsync<Gone>(async () => await new Sessions(storage, clock).IsGoodAsync(user, CancellationToken.None));

        storage.IsAway = false;
        await _app.Services.GetRequiredService<Sessions>().EndAsync(Sessions.Of(user)!.Value); // By another process.
        (await sessions.IsGoodAsync(user, CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Sessions_SeenAgain_SayWhen()
    {
        using var client = await SignedIn.AsAsync(_app, "anna");
        await client.GetAsync("/api/positions");
        await using (var db = await ContextAsync())
        {
            foreach (var session in await db.Set<UserSession>().ToListAsync()) session.LastSeenAt -= TimeSpan.FromHours(2);
            await db.SaveChangesAsync();
        }

        await _app.Services.GetRequiredService<Sessions>().KeepAsync(CancellationToken.None);
        (TimeProvider.System.GetUtcNow() - (await OpenAsync())[0].LastSeenAt).ShouldBeLessThan(TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36", "Chrome · Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari · iPhone")]
    [InlineData("curl/8.9\n<script>", "curl/8.9<script>")]
    [InlineData("", "?")]
    public void Device_IsWhatItsOwnerRecognises(string agent, string device) => Device.Of(agent).ShouldBe(device);

    private async Task<ClaimsPrincipal> PrincipalAsync()
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await using var db = await ContextAsync();
        var session = await db.Set<UserSession>().OrderBy(s => s.Id).FirstAsync();
        var user = await db.Set<AppUser>().SingleAsync(u => u.Id == session.UserId);
        var principal = await scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.IUserClaimsPrincipalFactory<AppUser>>().CreateAsync(user);
        principal.Identities.First().AddClaim(new(Sessions.Claim, session.Id.ToString("D")));
        return principal;
    }

    private async Task<IReadOnlyList<UserSession>> OpenAsync()
    {
        await using var db = await ContextAsync();
        return await db.Set<UserSession>().AsNoTracking().Where(s => s.EndedAt == null).ToListAsync();
    }

    private Task<QuantDashContext> ContextAsync() => _app.Services.GetRequiredService<IDbContextFactory<QuantDashContext>>().CreateDbContextAsync();

    private sealed class Gone : System.Data.Common.DbException;

    private sealed class Away(IDbContextFactory<QuantDashContext> storage) : IDbContextFactory<QuantDashContext>
    {
        public bool IsAway { get; set; }

        public QuantDashContext CreateDbContext() => IsAway ? throw new Gone() : storage.CreateDbContext();
    }

    private sealed class Asked(Sessions sessions) : LiveSession(NullLoggerFactory.Instance, sessions), IDisposable
    {
        public Task<bool> AskAsync(ClaimsPrincipal user) => ValidateAuthenticationStateAsync(new AuthenticationState(user), CancellationToken.None);

        void IDisposable.Dispose() => Dispose(disposing: true);
    }
}
