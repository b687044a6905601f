using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Limits;
using QuantDash.Web.Ui;

namespace QuantDash.Tests.Web.Features.Limits;

public sealed class LimitsPageTests : ScreenContext
{
    private readonly StubDesk _desk = new();

    public LimitsPageTests()
    {
        Services.AddSingleton<ILimitsDesk>(_desk);
        this.AddAuthorization().SetAuthorized("admin");
    }

    [Fact]
    public void Line_ShowsWhatIsUsedAndLeft_AndWarnsBeforeItsEnd()
    {
        var line = new LimitLine("MaxDailyLoss", LimitUnit.Money, 1000m, 850m, Counts: true);
        (line.Left, line.Tone).ShouldBe((150m, Tone.Warn));
        (line with { Used = 1200m }).ShouldSatisfyAllConditions(over => over.Left.ShouldBe(0m), over => over.Tone.ShouldBe(Tone.Danger));
        (line with { Used = null }).Left.ShouldBeNull();
        (line with { Limit = null }).ShouldSatisfyAllConditions(none => none.Left.ShouldBeNull(), none => none.Tone.ShouldBe(Tone.Weak));
        (line with { Counts = false, Used = null }).Left.ShouldBeNull();
    }

    [Fact]
    public void Limits_OfEveryAccount_AreListed()
    {
        var page = Render<LimitsPage>();
        page.WaitForElement("table.limits");
        page.FindAll("table.limits").Count.ShouldBe(2);
        page.FindAll("table.limits tbody tr").Count.ShouldBe(24);
        page.Find("#limits").TextContent.ShouldContain("Loss of the day");
    }

    [Fact]
    public void Form_IsReadWhole_AndEveryMistakeIsSaidAtItsField()
    {
        var form = new LimitsForm { MaxDailyTrades = 2.5m, DuplicateWindow = 61m, MaxDailyLoss = 0m };
        form.Whole.MaxOrderVolume = -1m;
        form.Contracts.Add(new() { Symbol = " PTA ", BandPercent = 2m });
        var refused = form.Check(new(Guid.NewGuid()), (_, field) => Outcome<Contract>.Failure(field, "unknown_symbol", "PTA"));
        refused.Problems.Select(problem => $"{problem.Field} {problem.Code}").ShouldBe(
            ["limits.max_order_volume negative", "limits.max_daily_trades out_of_range", "limits.duplicate_window not_in_limit_range", "limits.max_daily_loss not_in_limit_range", "contracts[0].symbol unknown_symbol"], ignoreOrder: true);
    }

    [Fact]
    public void Form_OfWhatIsSet_ReadsBackTheSame()
    {
        var symbol = Symbol.Create("CZCE", "TA2701");
        var risk = RiskView.None with
        {
            Account = new()
            {
                MaxOrderVolume = new(5), MaxOrderSize = 1, MaxPosition = new(2), MaxPositionPerSymbol = 3, PriceBand = new(0.025m), PriceBandTicks = 4, MaxTotalExposure = 5, MaxDailyTrades = 6, MaxDailyLoss = 7,
                DuplicateWindow = TimeSpan.FromSeconds(2.5), MaxOrdersPerSecond = 8, MaxOrdersPerMinute = 9,
            },
            Contracts = new Dictionary<Symbol, RiskLimits> { [symbol] = new() { MaxPosition = new(1) } },
        };
        var contract = ContractCatalog.FromReferenceData(EngineHarness.Calendar).Find(symbol, new(2026, 11, 20))!;
        var read = LimitsForm.Of(risk).Check(new(Guid.NewGuid()), (_, _) => Outcome<Contract>.Success(contract));
        read.Problems.ShouldBeEmpty();
        read.Value.Account.ShouldBe(risk.Account);
        read.Value.Contracts.ShouldBe(risk.Contracts);
    }

    [Fact]
    public void Change_IsSentWhole_ByWhoShowsWhoItIs()
    {
        Reconfirmed.IsFresh = false;
        var page = Render<LimitsPage>();
        page.WaitForElement("#limits header button").Click();
        page.Find("#limits-max_daily_loss").Change("5000");
        page.Find("#add-contract").Click();
        page.Find("#limit-symbol-0").Change("TA2701");
        page.Find("#save-limits").Click();
        _desk.Forms.ShouldBeEmpty("the password is asked for first");

        Reconfirmed.IsFresh = true;
        page.Find("#save-limits").Click();
        _desk.Forms.ShouldHaveSingleItem().ShouldSatisfyAllConditions(form => form.MaxDailyLoss.ShouldBe(5000m), form => form.Contracts.ShouldHaveSingleItem().Symbol.ShouldBe("TA2701"));
        page.FindAll("#save-limits").ShouldBeEmpty();
    }

    private sealed class StubDesk : ILimitsDesk
    {
        public List<LimitsForm> Forms { get; } = [];

        public Outcome<LimitsRequest> Check(AccountId account, LimitsForm form)
        {
            Forms.Add(form);
            return Outcome<LimitsRequest>.Success(new(account, RiskLimits.None, new Dictionary<Symbol, RiskLimits>()));
        }

        public Task<Outcome<RiskView>> SetAsync(LimitsRequest request) => Task.FromResult(Outcome<RiskView>.Success(RiskView.None));
    }
}
