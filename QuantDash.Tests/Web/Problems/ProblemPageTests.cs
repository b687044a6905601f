using System.Data.Common;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using QuantDash.Web.Problems;

namespace QuantDash.Tests.Web.Problems;

/// <summary>What is thrown while somebody opens a page is told to them in a page, and to programs as problem details.</summary>
public sealed class ProblemPageTests
{
    [Theory]
    [InlineData("/system", "text/html,*/*", "zh-CN", "text/html", "数据库")]
    [InlineData("/system", "text/html,*/*", "en", "text/html", "The database does not answer")]
    [InlineData("/api/orders", "text/html,*/*", "en", "application/problem+json", "database_away")]
    [InlineData("/system", "application/json", "en", "application/problem+json", "database_away")]
    public async Task DatabaseAway_IsToldInAPageOrToAProgram_AndLookedAtAgain(string path, string accept, string language, string type, string told)
    {
        using var answer = await AskAsync(new Away(), path, accept, language);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain(told);
        text.Contains("http-equiv=\"refresh\"", StringComparison.Ordinal).ShouldBe(type == "text/html");
    }

    [Fact]
    public async Task OwnMistake_IsToldWithoutATraceOrARefresh()
    {
        using var answer = await AskAsync(new InvalidOperationException("<secret>"), "/system", "text/html", "en");
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain("The error was logged under the id");
        text.ShouldNotContain("secret");
        text.ShouldNotContain("refresh");
    }

    private static async Task<HttpResponseMessage> AskAsync(Exception error, string path, string accept, string language)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        await using var app = builder.Build();
        app.UseProblems();
        app.Run(_ => throw error);
        await app.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", accept }, { "Accept-Language", language } } };
        return await app.GetTestClient().SendAsync(request);
    }

    private sealed class Away : DbException
    {
        public override bool IsTransient => true;
    }
}
