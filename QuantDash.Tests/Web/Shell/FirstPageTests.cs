using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Shell;

public sealed class FirstPageTests : IDisposable
{
    private readonly AppFactory _app = new();

    [Theory]
    [InlineData("")]
    [InlineData("_framework/blazor.web.js")]
    [InlineData("_content/Radzen.Blazor/Radzen.Blazor.js")]
    [InlineData("lib/plotly/plotly.min.js")]
    public async Task FirstPage_AndWhatItLoads_Answer(string path)
    {
        using var answer = await _app.CreateClient().GetAsync(path);
        answer.EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task FirstPage_BeforeAnyScript_IsTitled()
        => (await _app.CreateClient().GetStringAsync("")).ShouldContain("<title>QuantDash");

    public void Dispose() => _app.Dispose();
}
