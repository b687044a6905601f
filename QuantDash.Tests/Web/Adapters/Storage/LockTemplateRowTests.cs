using QuantDash.Core.Locking;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Tests.Web.Adapters.Storage;

public sealed class LockTemplateRowTests
{
    /// <summary>As rows were written before a template kept more than distances.</summary>
    [Fact]
    public void OldTerms_AreReadWithTheDefaultsOfARule()
    {
        const string Old = """{"profit_per_lot":1000,"target_ticks":null,"stop_ticks":20,"trailing_ticks":null,"ratio":0.8,"stages":[{"points":8,"ratio":0.3}],"auto_execute":true}""";

        var terms = new LockTemplateRow { Name = "old", Terms = Old }.ToTemplate().ShouldNotBeNull().Terms;

        terms.Stages.ShouldBe([new(8, 0.3m)]);
        (terms with { Stages = [] }).ShouldBe(new TemplateTerms { ProfitPerLot = 1000, StopTicks = 20, Ratio = 0.8m, AutoExecute = true, Stages = [] });
    }

    [Fact]
    public void Terms_WrittenAndRead_AreEqual()
    {
        var options = new TemplateOptions { TriggerTime = "close-5", TrailingMode = TrailingMode.Atr, TrailingDistance = 2.5m, Rearm = RearmMode.Cooldown, RearmCooldown = TimeSpan.FromSeconds(90), OcoMode = OcoMode.CancelAll, MinOneLot = false, ConfirmTicks = 3 };
        var template = new LockTemplate { Id = Guid.NewGuid(), Name = "t", Terms = new() { Options = options, StagesByProfit = true, DecayFloorPerLot = 5 }, UpdatedAt = DateTimeOffset.UnixEpoch };
        var row = new LockTemplateRow { Id = template.Id, Name = "", Terms = "" };

        row.Take(template);

        row.Terms.ShouldContain("\"trailing_mode\":\"atr\"");
        var back = row.ToTemplate()!.Terms;
        (back with { Stages = [] }).ShouldBe(template.Terms with { Stages = [] });
    }
}
