using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using QuantDash.Core.Notifications;
using QuantDash.Tests.Support;
using QuantDash.Web.Configuration;

namespace QuantDash.Tests.Web.Configuration;

public sealed class ConfigurationLoadingTests : IDisposable
{
    private readonly TempFolder _root = new();

    [Fact]
    public void DefaultAddress_IsLoopback8888() => Load()["Urls"].ShouldBe("http://localhost:8888");

    [Fact]
    public void LocalFile_OverTheCommittedOne_Wins()
    {
        File.WriteAllText(_root.File("appsettings.Local.json"), """{ "QuantDash": { "Role": "trader" } } // mine""");
        Load()["QuantDash:Role"].ShouldBe("trader");
    }

    [Fact]
    public void CommandLine_OverTheFiles_Wins()
    {
        File.WriteAllText(_root.File("appsettings.Local.json"), """{ "Urls": "http://localhost:1" }""");
        Load("--urls", "http://localhost:2")["Urls"].ShouldBe("http://localhost:2");
    }

    [Fact]
    public void Environment_OverTheFiles_Wins()
    {
        Environment.SetEnvironmentVariable("QuantDash__Demo", "false");
        try
        {
            Load()["QuantDash:Demo"].ShouldBe("false");
        }
        finally
        {
            Environment.SetEnvironmentVariable("QuantDash__Demo", null);
        }
    }

    [Fact]
    public void RelativeDataDirectory_IsUnderTheRoot()
        => Options().DataDirectory.ShouldBe(_root.File("data"));

    [Fact]
    public void WrongSettings_AreAllNamedAtOnce()
    {
        var mistakes = Should.Throw<OptionsValidationException>(() => Options("--QuantDash:Role=boss", "--QuantDash:DataDirectory="));
        mistakes.Failures.ShouldBe(
            ["QuantDash:DataDirectory is empty: name a folder, such as data", "QuantDash:Role is 'boss': use all, trader, worker, watchdog"]);
    }

    [Theory]
    [InlineData("all", ProcessRole.All, true)]
    [InlineData("trader", ProcessRole.Trader, true)]
    [InlineData("worker", ProcessRole.Worker, false)]
    [InlineData("watchdog", ProcessRole.Watchdog, false)]
    public void Role_OnTheCommandLine_HasAShortName(string word, ProcessRole role, bool trades)
    {
        var options = Options("--role", word, "--NTFY_URL=https://ntfy.sh/topic");
        options.RunsAs.ShouldBe(role);
        options.IsTrader.ShouldBe(trades);
        Load("--role", word).Role().ShouldBe(role);
    }

    [Fact]
    public void Watchdog_WithNobodyToCall_IsRefused() =>
        Should.Throw<OptionsValidationException>(() => Options("--role=watchdog")).Failures.ShouldHaveSingleItem().ShouldContain("NTFY_URL");

    [Fact]
    public void WrongRole_ByItsShortName_IsNamedWithWhatItMayBe() =>
        Should.Throw<OptionsValidationException>(() => Options("--role=Boss")).Failures.ShouldHaveSingleItem().ShouldBe("QuantDash:Role is 'Boss': use all, trader, worker, watchdog");

    [Fact]
    public void WrongNotificationSettings_AreNamed_AndTellNoSecrets()
    {
        var mistakes = Should.Throw<OptionsValidationException>(() => Options(
            "--QuantDash:Notifications:NtfyUrl=https://me:hush@ntfy.example.com/secret-topic", "--QuantDash:Notifications:NtfyToken=tk_ se cret", "--QuantDash:PublicUrl=dash",
            "--QuantDash:Notifications:Language=de", "--QuantDash:Notifications:TimeoutSeconds=0", "--QuantDash:Backup:EveryHours=-1", "--QuantDash:Backup:Keep=0",
            "--QuantDash:Ticks:KeepDays=-1", "--QuantDash:LeastFreeMegabytes=-1"));
        mistakes.Failures.Select(f => f.Split(' ')[0]).ShouldBe(
            [
                "QuantDash:PublicUrl", "QuantDash:Notifications:NtfyUrl", "QuantDash:Notifications:NtfyToken", "QuantDash:Notifications:Language",
                "QuantDash:Notifications:TimeoutSeconds",
                "QuantDash:Backup:EveryHours",
                "QuantDash:Backup:Keep",
                "QuantDash:Ticks:KeepDays",
                "QuantDash:LeastFreeMegabytes",
            ]);
        mistakes.Message.ShouldNotContain("hush");
        mistakes.Message.ShouldNotContain("secret-topic");
    }

    [Theory]
    [InlineData("https://ntfy.sh/")]
    [InlineData("ntfy.sh/topic")]
    [InlineData("https://ntfy.sh/to pic")]
    [InlineData("https://ntfy.sh/topic?auth=x")]
    [InlineData("ftp://ntfy.sh/topic")]
    public void NtfyUrl_ThatIsNoTopic_IsRefused(string url) =>
        Should.Throw<OptionsValidationException>(() => Options("--QuantDash:Notifications:NtfyUrl=" + url)).Failures.ShouldHaveSingleItem().ShouldStartWith("QuantDash:Notifications:NtfyUrl");

    [Fact]
    public void NtfyUrl_HasAnAlias_AndTheOwnNameComesFirst()
    {
        Address("--NTFY_URL=https://ntfy.sh/a").ShouldBe((new Uri("https://ntfy.sh/"), "a"));
        Address("--NTFY_URL=https://ntfy.sh/a", "--QuantDash:Notifications:NtfyUrl=https://push.example.com/ntfy/b").ShouldBe((new Uri("https://push.example.com/ntfy/"), "b"));

        (Uri Server, string Topic) Address(params string[] arguments) => ChannelCheck.NtfyTopic(Options(arguments).Notifications.Channel!.Setting(ChannelFields.Url))!.Value;
    }

    public void Dispose() => _root.Dispose();

    private Microsoft.Extensions.Configuration.IConfiguration Load(params string[] arguments) => Builder(arguments).Configuration;

    private QuantDashOptions Options(params string[] arguments)
    {
        using var services = Builder(arguments).Services.BuildServiceProvider();
        return services.GetRequiredService<IOptions<QuantDashOptions>>().Value;
    }

    private WebApplicationBuilder Builder(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        return builder.AddQuantDashConfiguration(new RunFolders(_root.Path, _root.Path));
    }
}
