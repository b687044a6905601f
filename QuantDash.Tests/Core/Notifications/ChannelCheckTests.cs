using QuantDash.Core.Notifications;

namespace QuantDash.Tests.Core.Notifications;

public sealed class ChannelCheckTests
{
    [Theory]
    [InlineData(ChannelKind.Ntfy, "https://ntfy.sh/trader", null)]
    [InlineData(ChannelKind.Ntfy, "https://ntfy.sh/", "not_a_topic")]
    [InlineData(ChannelKind.Dingtalk, "https://oapi.dingtalk.com/robot/send?access_token=abc", null)]
    [InlineData(ChannelKind.Dingtalk, "https://oapi.dingtalk.com/robot/send", "address_lacks")]
    [InlineData(ChannelKind.Dingtalk, "http://oapi.dingtalk.com/robot/send?access_token=abc", "https_only")]
    [InlineData(ChannelKind.Dingtalk, "http://127.0.0.1:8080/robot/send?access_token=abc", null)]
    [InlineData(ChannelKind.Feishu, "https://open.feishu.cn/open-apis/bot/v2/hook/abc", null)]
    [InlineData(ChannelKind.Wecom, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc", null)]
    [InlineData(ChannelKind.Wecom, "ftp://qyapi.weixin.qq.com/send?key=abc", "not_a_web_address")]
    [InlineData(ChannelKind.Webhook, "https://user:password@example.com/", "not_a_web_address")]
    [InlineData(ChannelKind.Webhook, "", "required")]
    public void Address_IsThatOfItsKind(ChannelKind kind, string url, string? problem)
    {
        var found = ChannelCheck.Check(kind, new Dictionary<string, string> { ["url"] = url });
        found.Select(p => p.Code).ShouldBe(problem is null ? [] : [problem]);
        found.ShouldAllBe(p => p.Field == "settings.url" && p.Values.All(v => v == null || url.Length == 0 || !url.Contains("abc", StringComparison.Ordinal) || !v.ToString()!.Contains("abc", StringComparison.Ordinal)));
    }

    [Fact]
    public void Mail_WithMistakes_NamesThemAll() =>
        ChannelCheck.Check(ChannelKind.Email, new Dictionary<string, string>
        {
            ["host"] = "no host", ["port"] = "70000", ["security"] = "ssl", ["from"] = "me", ["to"] = "a@example.com, b@", ["colour"] = "red", ["password"] = "x\ny",
        }).Select(p => $"{p.Field} {p.Code}").ShouldBe(
            ["settings.colour unknown_setting", "settings.host not_a_host", "settings.port out_of_range", "settings.security not_allowed", "settings.password bad_text", "settings.from not_a_mailbox", "settings.to not_mailboxes"]);

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost", true)]
    [InlineData("::1", true)]
    [InlineData("smtp.example.com", false)]
    [InlineData("192.168.1.5", false)]
    public void Mail_InTheOpen_StaysOnThisMachine(string host, bool allowed) =>
        ChannelCheck.Check(ChannelKind.Email, new Dictionary<string, string> { ["host"] = host, ["port"] = "25", ["security"] = "none", ["from"] = "a@example.com", ["to"] = "b@example.com" })
            .Select(p => p.Code).ShouldBe(allowed ? [] : ["plain_only_here"]);

    /// <summary>What could end a line or an address of SMTP.</summary>
    [Theory]
    [InlineData("a@example.com>\r\nRCPT TO:<b@example.com")]
    [InlineData("a b@example.com")]
    [InlineData("<a@example.com>")]
    [InlineData("a@example.com,b@example.com")]
    public void Sender_ThatCouldBeACommand_IsRefused(string from) =>
        ChannelCheck.Check(ChannelKind.Email, new Dictionary<string, string> { ["host"] = "smtp.example.com", ["port"] = "465", ["security"] = "tls", ["from"] = from, ["to"] = "b@example.com" })
            .ShouldHaveSingleItem().Field.ShouldBe("settings.from");

    [Fact]
    public void Channel_InALine_TellsNoSecrets() =>
        new NotificationChannel { Id = Guid.Empty, Name = "mine", Kind = ChannelKind.Wecom, Settings = new Dictionary<string, string> { ["url"] = "very-secret" } }.ToString().ShouldBe("Wecom mine (00000000-0000-0000-0000-000000000000)");

    [Theory]
    [InlineData(ChannelKind.Dingtalk, 20)]
    [InlineData(ChannelKind.Wecom, 20)]
    [InlineData(ChannelKind.Feishu, 100)]
    public void Pace_KeepsTheReceiversLimit_InEveryMinute(ChannelKind kind, int most)
    {
        var (pace, now, taken) = (new ChannelPace(ChannelLimit.Of(kind)), DateTimeOffset.UnixEpoch, new List<DateTimeOffset>());
        for (var i = 0; i < 1800; i++, now += TimeSpan.FromSeconds(0.1))
        {
            while (pace.Take(now)) taken.Add(now);
        }

        taken.ShouldAllBe(at => taken.Count(other => other >= at && other < at.AddMinutes(1)) <= most);
        taken.ShouldAllBe(at => kind != ChannelKind.Feishu || taken.Count(other => other >= at && other < at.AddSeconds(1)) <= 5);
        taken.Count.ShouldBeGreaterThan(30, "and it goes on");
    }
}
