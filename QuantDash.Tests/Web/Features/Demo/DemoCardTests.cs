using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Demo;

namespace QuantDash.Tests.Web.Features.Demo;

public sealed class DemoCardTests : ScreenContext
{
    private readonly SampleSwitch _demo = new();

    public DemoCardTests() => Services.AddSingleton<IDemoSwitch>(_demo);

    [Fact]
    public void Switch_TurnsTheDemoOff_AndARefusalIsSaid()
    {
        var card = Render<DemoCard>();
        card.WaitForElement("#demo-switch").HasAttribute("checked").ShouldBeTrue();
        card.Find("#demo-state").TextContent.ShouldContain("stops its market");
        _demo.Refusal = new("account_id", "demo_executing");
        card.Find("#demo-switch").Change(false);
        card.Find(".notice").TextContent.ShouldContain("being executed");

        _demo.Refusal = null;
        card.Find("#demo-switch").Change(false);

        _demo.Wished.ShouldBe([false, false]);
        card.FindAll(".notice").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, "QuantDash:Demo is true")]
    [InlineData(false, "QuantDash:Demo is false")]
    public void Switch_ThatTheConfigurationDecides_IsDisabledWithTheReason(bool configured, string reason)
    {
        _demo.Configured = configured;
        var card = Render<DemoCard>();
        card.WaitForElement("#demo-switch").HasAttribute("disabled").ShouldBeTrue();
        card.Find("#demo-switch").HasAttribute("checked").ShouldBe(configured);
        card.Find(".notice").TextContent.ShouldContain(reason);
    }

    private sealed class SampleSwitch : IDemoSwitch
    {
        public bool? Configured { get; set; }

        public Problem? Refusal { get; set; }

        public List<bool> Wished { get; } = [];

        public DemoStatus Status(EngineSnapshot snapshot) => DemoStatus.Of(snapshot, Configured);

        public Task<IReadOnlyList<Problem>> SwitchAsync(bool on, CancellationToken stop = default)
        {
            Wished.Add(on);
            return Task.FromResult<IReadOnlyList<Problem>>(Refusal is { } refusal ? [refusal] : []);
        }
    }
}
