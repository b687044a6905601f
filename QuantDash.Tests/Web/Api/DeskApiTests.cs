using System.Globalization;
using System.Net;

namespace QuantDash.Tests.Web.Api;

/// <summary>What the order desk tells over HTTP: unknown orders, how an account stands against its venue, what protects each lot.</summary>
public sealed class DeskApiTests
{
    [Fact]
    public async Task Desk_OverHttp_TellsUnknownOrdersDifferencesAndProtection()
    {
        using var rig = await new ApiRig().ReadyAsync();
        var account = await rig.PostAsync("/api/accounts", """{"name":"ctp","venue":"bridge","currency":"CNY","source":"test","external_id":"880001"}""");
        account.Status.ShouldBe(HttpStatusCode.Created);
        await rig.PushAsync(ApiRig.Tick(5500, 0));
        var epoch = (await rig.GetAsync("/api/bridge/880001/orders")).Body.GetProperty("epoch").GetString();

        var held = (await rig.GetAsync("/api/reconciliation?account_id=880001")).Body.GetProperty("items")[0];
        held.GetProperty("holds_orders").GetBoolean().ShouldBeTrue();
        (await SnapshotAsync(rig, epoch!, complete: true, 10)).ShouldBe(HttpStatusCode.OK);
        var agrees = (await rig.GetAsync("/api/reconciliation?account_id=880001")).Body.GetProperty("items")[0];
        (agrees.GetProperty("holds_orders").GetBoolean(), agrees.GetProperty("last").GetProperty("why").GetString()).ShouldBe((false, "start"));

        var asked = await rig.PostAsync("/api/reconciliation/880001", "{}");
        asked.Body.GetProperty("waiting").GetProperty("why").GetString().ShouldBe("demand");
        (await rig.GetAsync("/api/bridge/880001/orders")).Body.GetProperty("snapshot_wanted").GetBoolean().ShouldBeTrue();
        await SnapshotAsync(rig, epoch!, complete: false, null);
        var missing = (await rig.GetAsync("/api/reconciliation?account_id=880001")).Body.GetProperty("items")[0].GetProperty("differences")[0];
        (missing.GetProperty("key").GetString(), missing.GetProperty("why").GetString()).ShouldBe(("leg:CZCE.TA2505:long", "left_out"));

        var naked = (await rig.GetAsync("/api/protection?account_id=880001")).Body.GetProperty("items")[0];
        (naked.GetProperty("unprotected").GetDecimal(), naked.GetProperty("lives").GetString(), naked.GetProperty("why_not_send").GetString()).ShouldBe((10m, "nowhere", "unconfirmed"));
        naked.GetProperty("lots")[0].GetProperty("volume").GetDecimal().ShouldBe(10m);

        (await rig.PostAsync("/api/reconciliation/880001/adopt", """{"key":"leg:CZCE.TA2505:long","shown":4}""")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await rig.PostAsync("/api/reconciliation/880001/adopt", """{"key":"leg:CZCE.TA2505:long","shown":0}""")).Body.GetProperty("open").GetInt32().ShouldBe(0);
        (await rig.PostAsync("/api/reconciliation/880001/adopt", """{"key":"leg:CZCE.TA2505:long"}""")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await rig.GetAsync("/api/protection?account_id=880001")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);

        (await rig.GetAsync("/api/orders?status=unknown")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await rig.PostAsync("/api/orders/QD1-1/settle/preview", """{"outcome":"never_placed"}""")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await rig.PostAsync("/api/reconciliation/nobody", "{}")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    private static async Task<HttpStatusCode> SnapshotAsync(ApiRig rig, string epoch, bool complete, decimal? longs)
    {
        var positions = longs is { } lots ? string.Create(CultureInfo.InvariantCulture, $$"""{"symbol":"CZCE.TA2505","long_position":{{lots}},"long_today":{{lots}},"long_avg_price":5400}""") : "";
        return (await rig.PostAsync(
            "/api/position_snapshots", $$"""{"account_id":"880001","epoch":"{{epoch}}","complete":{{(complete ? "true" : "false")}},"timestamp":"2025-01-06T01:40:00Z","positions":[{{positions}}]}""")).Status;
    }
}
