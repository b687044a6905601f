using System.Net;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Api;
using QuantDash.Web.Features.Locks;
using QuantDash.Web.Features.Orders;
using QuantDash.Web.Features.Positions;

namespace QuantDash.Tests.Web.Features.Positions;

/// <summary>However often a button that costs money is heard, it is one wish.</summary>
[Trait("Reliability", "D3")]
public sealed class D3Tests : ScreenContext
{
    private const int Events = 20;

    [Fact]
    public void OrderTicket_HeardTwentyTimes_GivesOneOrder()
    {
        var page = Open("Lock short");
        page.WaitForElement("dialog .sides");
        Hear(page, () => page.Find("dialog footer .button:last-child"), ends => Orders.Ends = ends);
        Orders.Placed.Count.ShouldBe(1);
    }

    [Fact]
    public void OrderTicket_OfAStop_HeardTwentyTimes_HoldsOneOrder()
    {
        var page = Open("Close long");
        page.WaitForElement("dialog [data-kind=Stop]").Click();
        page.Find("#level").Change("5600");
        Hear(page, () => page.Find("dialog footer .button:last-child"), ends => Held.Ends = ends);
        (Held.Placed.Count, Orders.Placed.Count).ShouldBe((1, 0));
    }

    [Fact]
    public void HeldTicket_HeardTwentyTimes_HoldsOneOrder()
    {
        var page = Render<PositionsPage>();
        page.Find("#new-held").Click();
        page.Find("#held-volume").Change("2");
        page.Find("#held-level").Change("5600");
        Hear(page, () => page.Find("dialog footer .primary"), ends => Held.Ends = ends);
        Held.Placed.Count.ShouldBe(1);
    }

    [Fact]
    public void ReplaceDialog_HeardTwentyTimes_ReplacesOnce()
    {
        var page = Render<PositionsPage>();
        page.Find("[data-change]").Click();
        page.Find("#change-price").Change("783.98");
        page.WaitForElement("dialog .sent");
        Hear(page, () => page.Find("dialog footer .primary"), ends => Orders.Ends = ends);
        Orders.Replaced.Count.ShouldBe(1);
    }

    [Fact]
    public void CancelButton_HeardTwentyTimes_CancelsOnce()
    {
        var page = Render<PositionsPage>();
        Hear(page, () => page.FindAll(".actions .button").Last(b => b.TextContent.Contains("Cancel", StringComparison.Ordinal)), ends => Orders.Ends = ends);
        Orders.Cancelled.Count.ShouldBe(1);
    }

    [Fact]
    public void UnlockDialog_HeardTwentyTimes_UnlocksOnce()
    {
        var page = Render<PositionsPage>();
        page.Find(".held-locks .actions .button").Click();
        page.WaitForElement("dialog .ladder");
        Hear(page, () => page.Find("dialog footer .primary"), ends => Unlocks.Ends = ends);
        Unlocks.Unlocked.Count.ShouldBe(1);
    }

    [Fact]
    public void BrokenLock_EachButtonHeardTwentyTimes_ActsOnce()
    {
        var page = Render<PositionsPage>();
        Hear(page, () => page.FindAll("article.broken button")[0], ends => Unlocks.Ends = ends);
        page.WaitForAssertion(() => page.FindAll("article.broken button")[1].HasAttribute("disabled").ShouldBeFalse());
        Hear(page, () => page.FindAll("article.broken button")[1], ends => Unlocks.Ends = ends);
        page.WaitForAssertion(() => Unlocks.Closed.Count.ShouldBe(1));
        (Unlocks.Relocked.Count, Unlocks.Closed.Count).ShouldBe((1, 1));
    }

    [Fact]
    public void WaitingFiring_ConfirmHeardTwentyTimes_ConfirmsOnce()
    {
        var page = Render<LocksPage>();
        Hear(page, () => page.Find(".waiting .button.primary"), ends => Locks.Ends = ends);
        Locks.Confirmed.Count.ShouldBe(1);
    }

    [Fact]
    public void Settlement_HeardTwentyTimes_IsBookedOnce()
    {
        var sample = SampleSnapshot.At(SampleSnapshot.Now);
        var order = sample.Orders[0] with { Id = new("QD1-9"), State = OrderState.Unknown, Volume = new(10) };
        Publish(sample with { Orders = [.. sample.Orders, order], Unknown = [new(order, true, 1, null, sample.At.AddSeconds(50), false)] });
        var page = Render<OrdersPage>();
        page.Find("table.unknown td.actions button").Click();
        page.Find("[data-outcome=Filled]").Click();
        page.Find("#settle-price").Change("5518");
        page.Find("dialog footer .primary").Click();
        Hear(page, () => page.Find("dialog footer .primary"), ends => Unknown.Ends = ends);
        Unknown.Settled.Count.ShouldBe(1);
    }

    /// <summary>Two tabs are two tickets of one trader; behind both stands one counter.</summary>
    [Fact]
    public async Task SameOrder_FromTwoTabsAtOnce_IsOneOrder()
    {
        using var api = await new ApiRig().ReadyAsync();
        await api.PushAsync(ApiRig.Tick(5500, 0));
        var counter = api.Services.GetRequiredService<IOrderCounter>();
        var request = new OrderRequest(new(Guid.Parse(api.Account)), Symbol.Create("CZCE", "TA2505"), OrderPurpose.Open, Side.Long, new(3), OrderType.Limit, new Price(5400));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Events).Select(_ => Task.Run(() => counter.PlaceAsync(request))));

        outcomes.Count(outcome => outcome.Succeeded).ShouldBe(1);
        outcomes.Where(outcome => !outcome.Succeeded).ShouldAllBe(outcome => outcome.Problems.Single().Code == "same_wish");
        (await counter.PlaceAsync(request with { Volume = new(4) })).Succeeded.ShouldBeTrue();
        (await api.GetAsync("/api/orders")).Body.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task SameRequest_RepeatedByAProgramUnderOneKey_IsOneOrder()
    {
        using var api = await new ApiRig().ReadyAsync();
        await api.PushAsync(ApiRig.Tick(5500, 0));
        const string Order = """{"account_id":"Q1","symbol":"CZCE.TA2505","action":"open","direction":"long","volume":3,"price":5400}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, Events).Select(_ => api.PostAsync("/api/orders", Order, "one-wish")));

        answers.Select(answer => answer.Status).ShouldAllBe(status => status == HttpStatusCode.Created);
        answers.Select(answer => answer.Body.GetProperty("id").GetString()).Distinct().Count().ShouldBe(1);
        (await api.GetAsync("/api/orders")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task SameWish_AMomentLater_IsAnotherOne_AndOneThatWasRefusedMayBeTriedAgainAtOnce()
    {
        var wishes = new SameWish(Clock);
        (await wishes.OnceAsync("wish", Refused)).Problems.Single().Code.ShouldBe("starting");
        (await wishes.OnceAsync("wish", Done)).Succeeded.ShouldBeTrue();
        (await wishes.OnceAsync("wish", Done)).Problems.Single().Code.ShouldBe("same_wish");
        (await wishes.OnceAsync("other", Done)).Succeeded.ShouldBeTrue();
        Clock.Advance(SameWish.Moment);
        (await wishes.OnceAsync("wish", Done)).Succeeded.ShouldBeTrue();

        static Task<Outcome<int>> Done() => Task.FromResult(Outcome<int>.Success(1));
        static Task<Outcome<int>> Refused() => Task.FromResult(Outcome<int>.Failure("", "starting"));
    }

    /// <summary>The first is still on its way while the others come, and the last come when it has been answered.</summary>
    private static void Hear<T>(IRenderedComponent<T> page, Func<IElement> button, Action<Task> answeredWhen)
        where T : IComponent
    {
        var answer = new TaskCompletionSource();
        answeredWhen(answer.Task);
        _ = page.InvokeAsync(() =>
        {
            for (var heard = 0; heard < Events; heard++)
            {
                var target = button();
                // An event that was on its way when the button was switched off arrives all the same.
                target.RemoveAttribute("disabled");
                _ = target.ClickAsync(new());
            }
        });
        answer.SetResult();
        answeredWhen(Task.CompletedTask);
    }

    private IRenderedComponent<PositionsPage> Open(string button)
    {
        var page = Render<PositionsPage>();
        page.FindAll(".actions .button").First(b => b.TextContent.Contains(button, StringComparison.Ordinal)).Click();
        return page;
    }
}
