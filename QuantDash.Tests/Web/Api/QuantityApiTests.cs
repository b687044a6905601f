using System.Net;

namespace QuantDash.Tests.Web.Api;

public sealed class QuantityApiTests
{
    /// <summary>What is told is what the venue takes: that much is filled, a lot more is refused.</summary>
    [Fact]
    public async Task MaxQuantity_IsTakenByTheVenue_AndOneMoreIsNot()
    {
        using var rig = await new ApiRig().ReadyAsync();
        (await rig.PostAsync("/api/accounts", """{"name":"small","venue":"simulated","currency":"CNY","source":"test","external_id":"S1","initial_balance":50000}""")).Status.ShouldBe(HttpStatusCode.Created);
        await rig.PushAsync(ApiRig.Tick(5500, 0));
        var most = (await rig.GetAsync("/api/accounts/S1/max_quantity?symbol=TA505&side=buy&price=5502")).Body;
        (most.GetProperty("limited_by").GetString(), most.GetProperty("offset").GetString(), most.GetProperty("price").GetDecimal()).ShouldBe(("funds", "open", 5502m));
        var volume = most.GetProperty("volume").GetDecimal();
        volume.ShouldBeGreaterThan(1m);

        foreach (var (lots, status) in new[] { (volume + 1, "rejected"), (volume, "filled") })
        {
            var placed = await rig.PostAsync("/api/orders", $$"""{"account_id":"S1","symbol":"TA505","action":"open","direction":"long","volume":{{lots}},"price":5502}""");
            placed.Status.ShouldBe(HttpStatusCode.Created, placed.Body.ToString());
            await rig.PushAsync(ApiRig.Tick(5500, 1 + (int)(volume + 1 - lots)));
            (await rig.GetAsync("/api/orders?account_id=S1")).Body.GetProperty("items")[0].GetProperty("status").GetString().ShouldBe(status);
        }

        var close = (await rig.GetAsync("/api/accounts/S1/max_quantity?symbol=TA505&side=sell&offset=close")).Body;
        (close.GetProperty("volume").GetDecimal(), close.GetProperty("limited_by").GetString(), close.GetProperty("close").GetProperty("today").GetDecimal()).ShouldBe((volume, "position", volume));
    }

    [Theory]
    [InlineData("nobody/max_quantity?symbol=TA505&side=buy", 422, "account_id unknown_account")]
    [InlineData("Q1/max_quantity", 422, "symbol required|side required")]
    [InlineData("Q1/max_quantity?symbol=TA505&side=up", 422, "side not_allowed")]
    [InlineData("Q1/max_quantity?symbol=NOSUCH&side=buy", 422, "symbol")]
    [InlineData("Q1/max_quantity?symbol=TA505&side=buy&price=5501", 422, "price off_tick")]
    [InlineData("Q1/max_quantity?symbol=TA505&side=buy&price=-1", 422, "price out_of_range")]
    [InlineData("Q1/max_quantity?symbol=TA505&side=buy&price=NaN", 422, "price out_of_range")]
    [InlineData("Q1/max_quantity?symbol=TA505&side=buy&offset=half", 422, "offset not_allowed")]
    public async Task MaxQuantity_OfWhatMakesNoSense_NamesEveryMistake(string address, int status, string codes)
    {
        using var rig = await new ApiRig().ReadyAsync();
        await rig.PushAsync(ApiRig.Tick(5500, 0));
        var answer = await rig.GetAsync($"/api/accounts/{address}");
        ((int)answer.Status).ShouldBe(status, answer.Body.ToString());
        string.Join('|', ApiRig.Codes(answer.Body)).ShouldStartWith(codes);
    }
}
