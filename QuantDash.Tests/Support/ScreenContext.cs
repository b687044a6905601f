using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Web.Features.Locks;
using QuantDash.Web.Features.Locks.Backtests;
using QuantDash.Web.Features.Market;
using QuantDash.Web.Features.Orders;
using QuantDash.Web.Features.Positions;
using QuantDash.Web.Live;
using QuantDash.Web.Security;
using QuantDash.Web.Ui;

namespace QuantDash.Tests.Support;

/// <summary>Components over <see cref="SampleSnapshot"/>, in English unless said, with a clock that stands still.</summary>
public abstract class ScreenContext : BunitContext
{
    // A second, which is the default, is short on a machine that runs three tests at once; what holds is seen at once whatever this is.

    protected ScreenContext(string culture = "en")
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        JSInterop.Mode = JSRuntimeMode.Loose;
        RenderTree.Add<CascadingValue<Rights>>(rights => rights.Add(value => value.Value, Rights));
        Tape.ResumeAfter(SampleHistory.Events(SampleSnapshot.Now).Count());
        Services.AddLocalization();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton(Snapshots);
        Services.AddSingleton(Tape);
        Services.AddSingleton<UiClock>();
        Services.AddSingleton<FeedUptime>().AddSingleton<ScreenUptime>();
        Services.AddSingleton(new PriceBoard(new BarBoard(null!, null!)));
        Services.AddSingleton(Sales);
        Services.AddSingleton<IMarketDesk>(MarketDesk);
        Services.AddSingleton<ReadinessBoard>();
        Services.AddSingleton(_ => ContractCatalog.FromReferenceData(TradingCalendar.FromReferenceData()));
        Services.AddScoped<ScreenFeed>();
        Services.AddSingleton<ILockDesk>(Locks);
        Services.AddSingleton<ILockTemplates>(Templates);
        Services.AddSingleton<ILockBacktestDesk, SampleLockBacktests>();
        Services.AddSingleton<IOrderCounter>(Orders);
        Services.AddSingleton<IHeldCounter>(Held);
        Services.AddSingleton<ILockCounter>(Unlocks);
        Services.AddSingleton<ILockHistory>(SamplePast);
        Services.AddSingleton<IFundsHistory>(SamplePast);
        Services.AddSingleton<ITapeHistory>(SamplePast);
        Services.AddSingleton<IOrderHistory>(SamplePast);
        Services.AddSingleton<IUnknownOrders>(Unknown);
        Services.AddSingleton<IReconfirmation>(Reconfirmed);
        Services.AddSingleton<IPersonalLook>(Look);
        Services.AddSingleton(new ScreenPart(ScreenPart.LiveOrders, typeof(LiveOrders)));
    }

    /// <summary>Whose page it is: an administrator's unless a test says otherwise.</summary>
    private protected virtual Rights Rights => new(Trade: true, Admin: true);

    private protected SampleHistory SamplePast { get; } = new(SampleSnapshot.Now);

    private protected FakeTimeProvider Clock { get; } = new(SampleSnapshot.Now);

    private protected LiveState<EngineSnapshot> Snapshots { get; } = new(SampleSnapshot.At(SampleSnapshot.Now));

    private protected EventTape<TapeEvent> Tape { get; } = new(100, e => e.Number);

    private protected SampleReconfirmation Reconfirmed { get; } = new();

    private protected SampleLook Look { get; } = new();

    private protected SampleMarketDesk MarketDesk { get; } = new();

    private protected SalesBoard Sales { get; } = new();

    private protected SampleLockDesk Locks { get; } = new();

    private protected SampleTemplatesKept Templates { get; } = new();

    private protected SampleOrderCounter Orders { get; } = new();

    private protected SampleHeldCounter Held { get; } = new();

    private protected SampleUnknownOrders Unknown { get; } = new();

    private protected SampleLockCounter Unlocks { get; } = new();

    /// <summary>Publishes and lets every pace pass: whoever has drawn begins to wait for the next one before this returns, or has left the page.</summary>
    private protected void Publish(EngineSnapshot next)
    {
        var waiting = Clock.WaitingTimers;
        Snapshots.Publish(next);
        Clock.Advance(TimeSpan.FromSeconds(1));
        SpinWait.SpinUntil(() => Clock.WaitingTimers >= waiting, TimeSpan.FromSeconds(2));
    }
}
