using Bunit;
using Bunit.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using QuantDash.Core.Notifications;
using QuantDash.Tests.Support;
using QuantDash.Web.Configuration;
using QuantDash.Web.Features.Notifications;
using QuantDash.Web.Security;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Tests.Web.Features.Notifications;

public sealed class NotificationsPageTests : NotificationsPageRig
{
    [Fact]
    public void Page_WithoutAChannel_LeadsOn()
    {
        var page = Render<NotificationsPage>();
        page.Find(".empty h3").TextContent.ShouldBe("Nobody is told yet");
        page.Find(".empty p").TextContent.ShouldContain("Add a chat robot");
        page.Find("#add-channel").TextContent.ShouldBe("Add a channel");
        page.Find("[aria-current]").GetAttribute("href").ShouldBe("/settings/notifications");
    }

    [Fact]
    public void Channel_ShowsHowItFares_AndNoSecret()
    {
        Keep(ChannelKind.Dingtalk);
        Health.Now = new(3, "310000 sign not match", DeliveryHint.WrongSignature);
        var page = Render<NotificationsPage>();
        var line = page.Find("#channels li");
        line.TextContent.ShouldContain("mine");
        line.TextContent.ShouldContain("锁仓 · nothing sent since the start · 3 messages wait");
        line.TextContent.ShouldContain("310000 sign not match It does not take the signature");
        page.Find("[data-act=edit]").Click();
        page.Find("#channel-url").GetAttribute("placeholder").ShouldBe("set, ends in 93f1; empty: stays");
        page.Find("#channel-secret").GetAttribute("placeholder").ShouldBe("set; empty: stays");
        page.Find("#channel-url").GetAttribute("type").ShouldBe("password");
        page.Markup.ShouldNotContain("ding-key");
        page.Markup.ShouldNotContain("this is secret");
    }

    [Fact]
    public void Form_ThatIsFilledIn_KeepsTheChannel()
    {
        var page = Render<NotificationsPage>();
        page.Find("#add-channel").Click();
        page.Find("#channel-kind").Change("Email");
        page.Find("#channel-port").GetAttribute("value").ShouldBe("587");
        page.Find("#channel-name").Change("mail");
        page.Find("#channel-host").Change("smtp.example.com");
        page.Find("#channel-security").Change("tls");
        page.Find("#channel-port").Change("465");
        page.Find("#channel-from").Change("nobody");
        page.Find("#channel-to").Change("one@example.com");
        page.Find("#channel-form").Submit();
        page.FindAll("#channel-form .error").ShouldHaveSingleItem().TextContent.ShouldBe("Must be a mailbox such as name@example.com.");
        Stores.Channels.ShouldBeEmpty();

        page.Find("#channel-from").Change("dash@example.com");
        page.Find("#channel-form").Submit();
        page.FindAll("#channel-form").ShouldBeEmpty();
        var kept = Stores.Channels.ShouldHaveSingleItem();
        (kept.Name, kept.Kind, kept.Setting("host"), kept.Setting("port"), kept.Setting("security")).ShouldBe(("mail", ChannelKind.Email, "smtp.example.com", "465", "tls"));
        page.Find("#channels li").TextContent.ShouldContain("smtp.example.com");
        Stores.Notes.Select(n => n.Action).ShouldBe(["notification_channel.created"]);
    }

    [Fact]
    public void Form_OfAChannel_KeepsSecretsThatAreNotEntered_AndTakesAwayWhatIsTicked()
    {
        Keep(ChannelKind.Dingtalk);
        var page = Render<NotificationsPage>();
        page.Find("[data-act=edit]").Click();
        page.Find("#channel-name").Change("renamed");
        page.Find("#clear-secret").Change(true);
        page.Find("#channel-form").Submit();
        var kept = Stores.Channels.ShouldHaveSingleItem();
        (kept.Name, kept.Setting("url"), kept.Setting("secret"), kept.Setting("keyword")).ShouldBe(("renamed", Robot, "", "锁仓"));
    }

    [Fact]
    public void Channel_IsSwitchedOff_AndRemovedAfterOneMoreQuestion()
    {
        Keep(ChannelKind.Dingtalk);
        var page = Render<NotificationsPage>();
        page.Find("[data-act=switch]").Click();
        Stores.Channels[0].IsEnabled.ShouldBeFalse();
        page.Find("#channels li .pill").TextContent.ShouldBe("off");
        page.Find("[data-act=remove]").Click();
        Stores.Channels.Count.ShouldBe(1);
        page.Find("#remove-channel").Click();
        Stores.Channels.ShouldBeEmpty();
    }

    [Fact]
    public void Event_ThatIsChosenSilent_IsSoAtOnce()
    {
        var page = Render<NotificationsPage>();
        page.Find("#events tr[data-key='lock.executed'] select").Change("Silent");
        page.Find("#events tr[data-key='lock.executed'] input").Change(true);
        (Stores.Settings.ModeOf("lock.executed"), Stores.Settings.WakesFor("lock.executed", NotificationPriority.Low)).ShouldBe((EventMode.Silent, true));
        page.FindAll("#events tbody tr").Count.ShouldBe(NotificationTable.Keys.Count);
        page.Find("#events tr[data-key='account.risk_over'] .pill").TextContent.ShouldBe("urgent");
    }

    [Fact]
    public void QuietHours_ThatAreHalf_AreRefused_AndWholeOnesKept()
    {
        var page = Render<NotificationsPage>();
        page.Find("#quiet-from").Change("22:30:00");
        page.Find("#available-below").Change("50000");
        page.Find("#when-form").Submit();
        page.FindAll("#when-form .error").ShouldHaveSingleItem().TextContent.ShouldBe("Required.");
        page.Find("#quiet-to").Change("07:00:00");
        page.Find("#message-language").Change("en");
        page.Find("#when-form").Submit();
        page.Find("#when-saved").TextContent.ShouldBe("Saved.");
        (Stores.Settings.QuietFrom, Stores.Settings.QuietTo, Stores.Settings.AvailableBelow, Stores.Settings.Language).ShouldBe((new TimeOnly(22, 30), new TimeOnly(7, 0), 50_000m, "en"));
    }

    [Fact]
    public void Viewer_SeesAndChangesNothing()
    {
        Keep(ChannelKind.Dingtalk);
        Who.SetPolicies(Scopes.Read);
        var page = Render<NotificationsPage>();
        page.FindAll("#add-channel, [data-act], #save-when").ShouldBeEmpty();
        page.FindAll("#events select, #events input").ShouldAllBe(e => e.HasAttribute("disabled"));
    }

    [Fact]
    public void Trial_ThatIsTaken_SaysSo()
    {
        Keep(ChannelKind.Dingtalk);
        var page = Render<NotificationsPage>();
        page.Find("[data-act=test]").Click();
        page.Find("#trial").TextContent.ShouldBe("mine took the trial.");
        Sender.Sent.ShouldHaveSingleItem().Title.ShouldBe("QuantDash 测试通知", "messages are in the language that was set for them");
    }

    [Fact]
    public void Trial_ThatIsRefused_SaysWhatWasAnswered()
    {
        Keep(ChannelKind.Dingtalk);
        Sender.Answer = new(DeliveryResult.Unavailable, "310000 sign not match", null, DeliveryHint.WrongSignature);
        var page = Render<NotificationsPage>();
        page.Find("[data-act=test]").Click();
        page.Find("#trial").TextContent.ShouldStartWith("mine: The message was not taken: 310000 sign not match. It does not take the signature");
    }
}

public sealed class NotificationsPageInChineseTests() : NotificationsPageRig("zh-CN")
{
    [Fact]
    public void Trial_ThatIsRefused_SaysWhatWasAnswered()
    {
        Keep(ChannelKind.Dingtalk);
        Sender.Answer = new(DeliveryResult.Unavailable, "310000 sign not match", null, DeliveryHint.WrongSignature);
        var page = Render<NotificationsPage>();
        page.Find("[data-act=test]").Click();
        page.Find("#trial").TextContent.ShouldContain("310000 sign not match");
        page.Find("#trial").TextContent.ShouldContain("对方不接受签名");
        page.Find("h1").TextContent.ShouldBe("通知");
        page.Find("#events tr[data-key='lock.failed'] b").TextContent.ShouldBe("锁仓失败");
    }
}

/// <summary>The page over channels in memory, in the hands of an administrator.</summary>
public abstract class NotificationsPageRig : ScreenContext
{
    private protected const string Robot = "https://oapi.dingtalk.com/robot/send?access_token=ding-key-93f1";

    protected NotificationsPageRig(string culture = "en")
        : base(culture)
    {
        Who = this.AddAuthorization().SetAuthorized("admin");
        Who.SetPolicies(Scopes.Read, Scopes.Trade, Scopes.Admin);
        var options = Options.Create(new QuantDashOptions());
        var desk = new NotificationDesk(Stores, Stores, new ListOutbox(), Stores, options, Clock);
        Services.AddSingleton(desk);
        Services.AddSingleton<IChannelHealth>(Health);
        Services.AddSingleton(services => new ChannelTrial(
            desk, Sender, new(null!, null!, desk, services.GetRequiredService<IStringLocalizer<NotificationText>>(), services.GetRequiredService<IStringLocalizer<TapeText>>(), options)));
    }

    private protected ChannelStores Stores { get; } = new();

    private protected OneAnswer Sender { get; } = new();

    private protected OneHealth Health { get; } = new();

    private protected BunitAuthorizationContext Who { get; }

    private protected void Keep(ChannelKind kind) => Stores.Channels.Add(new()
    {
        Id = Guid.NewGuid(), Name = "mine", Kind = kind, CreatedAt = Clock.GetUtcNow(), UpdatedAt = Clock.GetUtcNow(),
        Settings = new Dictionary<string, string> { ["url"] = Robot, ["secret"] = "this is secret", ["keyword"] = "锁仓" },
    });

    private protected sealed class OneAnswer : IChannelSender
    {
        public Delivery Answer { get; set; } = Delivery.Arrived;

        public List<Notification> Sent { get; } = [];

        public Task<Delivery> SendAsync(NotificationChannel channel, Notification notification, CancellationToken stop = default)
        {
            Sent.Add(notification);
            return Task.FromResult(Answer);
        }
    }

    private protected sealed class OneHealth : IChannelHealth
    {
        public ChannelHealth Now { get; set; } = new();

        public ChannelHealth Of(Guid channel) => Now;
    }
}
