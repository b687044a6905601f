using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Security;

namespace QuantDash.Tests.Web.Security;

[Trait(Profile.Reliability, "E3")]
public sealed class PeopleApiTests : IAsyncLifetime
{
    private const string Bootstrap = "bootstrap-key-for-tests";
    private const string Chosen = "seventeen purple otters";
    private readonly AppFactory _app = new() { Settings = { ["QuantDash:Auth:BootstrapApiKey"] = Bootstrap, ["QuantDash:Demo"] = "false" } };
    private HttpClient _program = null!;

    public async Task InitializeAsync()
    {
        _program = _app.CreateClient(new() { AllowAutoRedirect = false });
        _program.DefaultRequestHeaders.Add("X-API-Key", Bootstrap);
        await SignedIn.AddUserAsync(_app.Services, "boss", Roles.Admin);
    }

    public Task DisposeAsync()
    {
        _program.Dispose();
        _app.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Person_Added_ChoosesAPasswordOnce_AndIsWhatTheRoleSays()
    {
        var added = await AddAsync("anna", "viewer");
        var link = added.GetProperty("set_up_path").GetString()!;
        using var anna = _app.CreateClient(new() { AllowAutoRedirect = false });
        (await SignedIn.PostAsync(anna, "anna", "")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ChooseAsync(anna, link)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await anna.GetAsync("/positions")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await anna.GetAsync("/api/positions")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await anna.GetAsync("/settings/people")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await anna.GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await ActionsAsync()).ShouldContain("user.added");
    }

    [Theory]
    [InlineData("x", "viewer", "bad_user_name")]
    [InlineData("with blank", "viewer", "bad_user_name")]
    [InlineData("anna", "king", "not_allowed")]
    [InlineData("BOSS", "viewer", "already_exists")]
    public async Task Person_WithWrongFields_IsRefused(string name, string role, string code)
    {
        using var answer = await _program.PostAsync("/api/users", Json.Of(JsonSerializer.Serialize(new { name, role })));
        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(code);
    }

    [Theory]
    [InlineData("""{"role":"trader"}""", "user.role_changed")]
    [InlineData("""{"locked":true}""", "user.locked")]
    public async Task Person_Changed_LosesItsSessions_AndItIsOnRecord(string change, string action)
    {
        var id = await IdOfAsync("viewer-1");
        using var person = await SignedIn.AsAsync(_app, "viewer-1");
        using var answer = await _program.PutAsync($"/api/users/{id}", Json.Of(change));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await person.GetAsync("/api/positions")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ActionsAsync()).ShouldContain(action);
    }

    [Fact]
    public async Task Person_Locked_GetsInNeverMore_AndTheAnswerDoesNotSayWhy()
    {
        var id = await IdOfAsync("viewer-1");
        await _program.PutAsync($"/api/users/{id}", Json.Of("""{"locked":true}"""));
        using var client = _app.CreateClient(new() { AllowAutoRedirect = false });
        await client.GetAsync("/display/language/en");
        using var locked = await SignedIn.PostAsync(client, "viewer-1", SignedIn.Password);
        locked.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await locked.Content.ReadAsStringAsync()).ShouldContain("Wrong name or password");
        await _program.PutAsync($"/api/users/{id}", Json.Of("""{"locked":false}"""));
        (await SignedIn.PostAsync(client, "viewer-1", SignedIn.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Password_Reset_EndsTheOldOne()
    {
        var id = await IdOfAsync("viewer-1");
        using var answer = await _program.PostAsync($"/api/users/{id}/reset", null);
        var link = (await Json.ReadAsync(answer)).GetProperty("set_up_path").GetString()!;
        using var client = _app.CreateClient(new() { AllowAutoRedirect = false });
        (await SignedIn.PostAsync(client, "viewer-1", SignedIn.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ChooseAsync(client, link)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await client.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("PUT", "", """{"role":"viewer"}""")]
    [InlineData("PUT", "", """{"locked":true}""")]
    [InlineData("POST", "/reset", "")]
    [InlineData("DELETE", "", "")]
    public async Task LastAdministrator_Stays(string method, string path, string body)
    {
        var id = (await UsersAsync()).Single(u => u.GetProperty("name").GetString() == "boss").GetProperty("id").GetString();
        using var request = new HttpRequestMessage(new(method), $"/api/users/{id}{path}") { Content = Json.Of(body) };
        using var answer = await _program.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("last_admin");
    }

    [Fact]
    public async Task Oneself_IsChangedByOthers()
    {
        await SignedIn.AddUserAsync(_app.Services, "other", Roles.Admin);
        using var boss = await SignedIn.AsAsync(_app, "boss");
        var id = (await UsersAsync()).Single(u => u.GetProperty("name").GetString() == "boss").GetProperty("id").GetString();
        using var answer = await boss.DeleteAsync($"/api/users/{id}");
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("not_yourself");
    }

    [Fact]
    public async Task Person_Deleted_IsGone_WithItsSessions()
    {
        var id = await IdOfAsync("viewer-1");
        using var person = await SignedIn.AsAsync(_app, "viewer-1");
        (await _program.DeleteAsync($"/api/users/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await person.GetAsync("/api/positions")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await _program.DeleteAsync($"/api/users/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Sessions_Listed_NameDeviceAndAddress_AndOneEndedIsDead()
    {
        using var boss = await SignedIn.AsAsync(_app, "boss");
        using var second = await SignedIn.AsAsync(_app, "boss");
        var sessions = (await Json.ReadAsync(await _program.GetAsync("/api/sessions"))).GetProperty("items").EnumerateArray().ToList();
        sessions.Count.ShouldBe(2);
        sessions.ShouldAllBe(s => s.GetProperty("user").GetString() == "boss" && s.GetProperty("device").GetString()!.Length > 0);

        (await _program.DeleteAsync($"/api/sessions/{sessions[0].GetProperty("id").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var alive = new[] { await boss.GetAsync("/api/positions"), await second.GetAsync("/api/positions") }.Select(a => a.StatusCode);
        alive.ShouldBe([HttpStatusCode.OK, HttpStatusCode.Unauthorized], ignoreOrder: true);
        (await ActionsAsync()).ShouldContain("session.ended");
    }

    /// <summary>Five minutes after showing who it is, a session shows it again before what is dangerous; a program's key never has to.</summary>
    [Fact]
    public async Task DangerousActions_AfterFiveMinutes_AskWhoItIs_AndTheStopNever()
    {
        using var boss = await SignedIn.AsAsync(_app, "boss");
        (await boss.PostAsync("/api/keys", Json.Of("""{"name":"now","scopes":["admin"]}"""))).StatusCode.ShouldBe(HttpStatusCode.Created);
        await ChangeSessionsAsync(session => session.ConfirmedAt -= TimeSpan.FromMinutes(6));

        (HttpMethod Method, string Path, string Body)[] dangerous =
        [
            (HttpMethod.Post, "/api/users", """{"name":"anna","role":"viewer"}"""), (HttpMethod.Put, $"/api/users/{Guid.NewGuid()}", """{"role":"viewer"}"""),
            (HttpMethod.Post, $"/api/users/{Guid.NewGuid()}/reset", ""), (HttpMethod.Delete, $"/api/users/{Guid.NewGuid()}", ""),
            (HttpMethod.Post, "/api/keys", """{"name":"x","scopes":["admin"]}"""), (HttpMethod.Post, "/api/emergency/resume", ""),
        ];
        foreach (var (method, path, body) in dangerous)
        {
            using var answer = await SendAsync(boss, method, path, body);
            (path, answer.StatusCode).ShouldBe((path, HttpStatusCode.Forbidden));
            (await answer.Content.ReadAsStringAsync()).ShouldContain("confirm_yourself");
            (await SendAsync(_program, method, path, body)).StatusCode.ShouldNotBe(HttpStatusCode.Forbidden, path);
        }

        (await SendAsync(boss, HttpMethod.Post, "/api/emergency/stop", """{"then":"none","reason":"drill"}""")).StatusCode.ShouldNotBe(HttpStatusCode.Forbidden);
        (await SendAsync(boss, HttpMethod.Post, "/api/keys", """{"name":"x","scopes":["read"]}""")).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await SendAsync(boss, HttpMethod.Post, "/api/session/confirm", """{"secret":"wrong"}""")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SendAsync(boss, HttpMethod.Post, "/api/session/confirm", JsonSerializer.Serialize(new { secret = SignedIn.Password }))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync(boss, HttpMethod.Post, "/api/keys", """{"name":"x","scopes":["admin"]}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Key_Used_SaysWhen()
    {
        using var created = await _program.PostAsync("/api/keys", Json.Of("""{"name":"bot","scopes":["read"]}"""));
        var key = await Json.ReadAsync(created);
        using var bot = _app.CreateClient();
        bot.DefaultRequestHeaders.Add("X-API-Key", key.GetProperty("key").GetString());
        (await bot.GetAsync("/api/positions")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await _app.Services.GetRequiredService<ApiKeyRing>().KeepAsync(CancellationToken.None);
        var listed = (await Json.ReadAsync(await _program.GetAsync("/api/keys"))).GetProperty("items").EnumerateArray().Single(k => k.GetProperty("name").GetString() == "bot");
        listed.GetProperty("last_used_at").ValueKind.ShouldBe(JsonValueKind.String);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, string body) =>
        client.SendAsync(new(method, path) { Content = body.Length == 0 ? null : Json.Of(body) });

    private static Task<HttpResponseMessage> ChooseAsync(HttpClient client, string link) =>
        SignedIn.SendAsync(client, link, "/setup", new() { ["token"] = link.Split("token=")[1], ["password"] = Chosen, ["repeat"] = Chosen });

    private async Task ChangeSessionsAsync(Action<UserSession> change)
    {
        await using var db = await _app.Services.GetRequiredService<IDbContextFactory<QuantDashContext>>().CreateDbContextAsync();
        (await db.Set<UserSession>().ToListAsync()).ForEach(change);
        await db.SaveChangesAsync();
    }

    private async Task<JsonElement> AddAsync(string name, string role)
    {
        using var answer = await _program.PostAsync("/api/users", Json.Of(JsonSerializer.Serialize(new { name, role })));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return await Json.ReadAsync(answer);
    }

    private async Task<string> IdOfAsync(string name)
    {
        await SignedIn.AddUserAsync(_app.Services, name, Roles.Viewer);
        return (await UsersAsync()).Single(u => u.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;
    }

    private async Task<IReadOnlyList<JsonElement>> UsersAsync() => [.. (await Json.ReadAsync(await _program.GetAsync("/api/users"))).GetProperty("items").EnumerateArray()];

    private async Task<IReadOnlyList<string>> ActionsAsync() =>
        [.. (await Json.ReadAsync(await _program.GetAsync("/api/audit?limit=50"))).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("action").GetString()!)];
}
