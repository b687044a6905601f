using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.People;
using QuantDash.Web.Security;

namespace QuantDash.Tests.Web.Security;

[Trait(Profile.Reliability, "E4")]
public sealed partial class SecondFactorTests : IAsyncLifetime
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");
    private readonly AppFactory _app = new() { Settings = { ["QuantDash:Demo"] = "false" } };
    private IReadOnlyList<string> _recovery = [];
    private Guid _id;

    /// <summary>RFC 6238, appendix B, SHA-1, the last six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_AreThoseOfTheStandard(long seconds, string code) => Totp.Code(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);

    /// <summary>RFC 4648, section 10.</summary>
    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_IsThatOfTheStandard(string text, string encoded) => Totp.Base32(Encoding.ASCII.GetBytes(text)).ShouldBe(encoded);

    [Fact]
    public void Code_IsTakenOnce_AndOneStepAsideForClocksThatDiffer()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111111);
        var step = Totp.StepAt(now);
        Totp.Match(Secret, Totp.Code(Secret, step - 1), now, 0).ShouldBe(step - 1);
        Totp.Match(Secret, Totp.Code(Secret, step + 1), now, 0).ShouldBe(step + 1);
        Totp.Match(Secret, Totp.Code(Secret, step - 2), now, 0).ShouldBeNull();
        Totp.Match(Secret, Totp.Code(Secret, step), now, lastTaken: step).ShouldBeNull();
        Totp.Match(Secret, "", now, 0).ShouldBeNull();
        Totp.Match(Secret, "12345x", now, 0).ShouldBeNull();
    }

    public async Task InitializeAsync()
    {
        await SignedIn.AddUserAsync(_app.Services, "anna", Roles.Trader);
        await using var scope = _app.Services.CreateAsyncScope();
        _id = (await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByNameAsync("anna"))!.Id;
        // An earlier code turns it on: those of now are left for the tests.
        _recovery = (await _app.Services.GetRequiredService<OwnAccount>().TurnOnSecondFactorAsync(_id, Secret, CodeNow(-1)))!;
    }

    public Task DisposeAsync()
    {
        _app.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task SignIn_WithTheSecondStepOn_NeedsACode_AndTakesItOnce()
    {
        using var client = Client();
        using var first = await SignedIn.PostAsync(client, "anna", SignedIn.Password);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.Redirect); // Nothing is open yet.
        var page = await first.Content.ReadAsStringAsync();
        (await CodeAsync(client, page, "000000")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var code = CodeNow(0);
        (await CodeAsync(client, page, code)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await client.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var thief = Client();
        var again = await (await SignedIn.PostAsync(thief, "anna", SignedIn.Password)).Content.ReadAsStringAsync();
        (await CodeAsync(thief, again, code)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task RecoveryCode_OpensOnce()
    {
        _recovery.Count.ShouldBe(SecondFactor.RecoveryCodeCount);
        foreach (var expected in new[] { HttpStatusCode.Redirect, HttpStatusCode.Unauthorized })
        {
            using var client = Client();
            var page = await (await SignedIn.PostAsync(client, "anna", SignedIn.Password)).Content.ReadAsStringAsync();
            (await CodeAsync(client, page, _recovery[0])).StatusCode.ShouldBe(expected);
        }

        (await _app.Services.GetRequiredService<OwnAccount>().ReadAsync(_id))!.RecoveryCodes.ShouldBe(SecondFactor.RecoveryCodeCount - 1);
    }

    [Fact]
    public async Task Codes_Guessed_AreStoppedLikePasswords()
    {
        using var client = Client();
        var page = await (await SignedIn.PostAsync(client, "anna", SignedIn.Password)).Content.ReadAsStringAsync();
        for (var i = 0; i < SignInThrottle.MostFailures; i++) (await CodeAsync(client, page, "000000")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await CodeAsync(client, page, CodeNow(0))).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Step_WithoutTheFirst_IsRefused()
    {
        using var client = Client();
        var page = await client.GetStringAsync("/sign-in");
        (await CodeAsync(client, page, CodeNow(0), "made-up")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Administrator_ResetsIt_AndThePasswordIsEnoughAgain()
    {
        (await _app.Services.GetRequiredService<PeopleDesk>().ResetSecondFactorAsync(_id, self: null)).Succeeded.ShouldBeTrue();
        using var client = Client();
        (await SignedIn.PostAsync(client, "anna", SignedIn.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private HttpClient Client() => _app.CreateClient(new() { AllowAutoRedirect = false });

    private static string CodeNow(int aside) => Totp.Code(Secret, Totp.StepAt(TimeProvider.System.GetUtcNow()) + aside);

    private static async Task<HttpResponseMessage> CodeAsync(HttpClient client, string page, string code, string? ticket = null)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = SignedIn.TokenOf(page), ["ticket"] = ticket ?? Ticket().Match(page).Groups[1].Value, ["code"] = code, ["return_url"] = "/",
        });
        return await client.PostAsync("/sign-in/code", form);
    }

    [GeneratedRegex("name=\"ticket\" value=\"([^\"]+)\"")]
    private static partial Regex Ticket();
}
