using System.Net;
using QuantDash.Tests.Support;
using QuantDash.Web.Security;

namespace QuantDash.Tests.Web.Security;

public sealed class ApiKeyTests : IDisposable
{
    private const string Bootstrap = "bootstrap-key-for-tests";
    private readonly AppFactory _app = new() { Settings = { ["QuantDash:Auth:BootstrapApiKey"] = Bootstrap } };

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "not_signed_in")]
    [InlineData("wrong", HttpStatusCode.Unauthorized, "wrong_key")]
    [InlineData("", HttpStatusCode.Unauthorized, null)]
    [InlineData(Bootstrap, HttpStatusCode.OK, null)]
    public async Task Key_InEitherHeader_DecidesAlone(string? key, HttpStatusCode status, string? code)
    {
        foreach (var header in new[] { "X-API-Key", "Authorization" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/keys");
            if (key is not null) request.Headers.TryAddWithoutValidation(header, header == "Authorization" ? "Bearer " + key : key);
            using var answer = await _app.CreateClient(new() { AllowAutoRedirect = false }).SendAsync(request);
            answer.StatusCode.ShouldBe(status);
            if (code is not null) (await answer.Content.ReadAsStringAsync()).ShouldContain(code);
        }
    }

    [Fact]
    public async Task WrongKey_AHundredTimes_IsNeverAnythingBut401()
    {
        using var client = _app.CreateClient();
        client.DefaultRequestHeaders.Add("X-API-Key", "qd_guess");
        for (var i = 0; i < 100; i++) (await client.GetAsync("/api/keys")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("read", false)]
    [InlineData("trade", false)]
    [InlineData("bridge", false)]
    [InlineData("admin", true)]
    public async Task Key_WithAScope_OpensWhatTheScopeSays(string scope, bool mayListKeys)
    {
        using var client = _app.CreateClient();
        client.DefaultRequestHeaders.Add("X-API-Key", await CreateAsync(scope));
        using var answer = await client.GetAsync("/api/keys");
        answer.StatusCode.ShouldBe(mayListKeys ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        if (!mayListKeys) (await answer.Content.ReadAsStringAsync()).ShouldContain("admin");
    }

    [Fact]
    public async Task Key_OnceRevoked_IsWrongAtOnce()
    {
        using var admin = Admin();
        using var created = await admin.PostAsync("/api/keys", Json.Of("""{"name":"bot","scopes":["admin"]}"""));
        var key = await Json.ReadAsync(created);
        using var client = _app.CreateClient();
        client.DefaultRequestHeaders.Add("X-API-Key", key.GetProperty("key").GetString());
        (await client.GetAsync("/api/keys")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await admin.DeleteAsync($"/api/keys/{key.GetProperty("id").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.GetAsync("/api/keys")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Keys_Listed_ShowNeitherKeyNorHash()
    {
        using var admin = Admin();
        var key = await CreateAsync("trade");
        var list = await admin.GetStringAsync("/api/keys");
        list.ShouldContain(key[..11]);
        list.ShouldNotContain(key);
        list.ShouldNotContain(ApiKeyToken.HashOf(key));
    }

    [Fact]
    public async Task Key_WithWrongFields_IsRefusedNamingThemAll()
    {
        using var admin = Admin();
        using var answer = await admin.PostAsync("/api/keys", Json.Of("""{"scopes":["root"]}"""));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Json.ReadAsync(answer)).GetProperty("codes").EnumerateObject().Select(p => p.Name).ShouldBe(["name", "scopes"], ignoreOrder: true);
    }

    public void Dispose() => _app.Dispose();

    private HttpClient Admin()
    {
        var client = _app.CreateClient();
        client.DefaultRequestHeaders.Add("X-API-Key", Bootstrap);
        return client;
    }

    private async Task<string> CreateAsync(string scope)
    {
        using var admin = Admin();
        using var answer = await admin.PostAsync("/api/keys", Json.Of($$"""{"name":"test","scopes":["{{scope}}"]}"""));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await Json.ReadAsync(answer)).GetProperty("key").GetString()!;
    }
}
