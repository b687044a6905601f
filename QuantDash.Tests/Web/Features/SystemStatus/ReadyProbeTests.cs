using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using QuantDash.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.SystemStatus;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Web.Features.SystemStatus;

public sealed class ReadyProbeTests : IDisposable
{
    private readonly Meter _meter = new("unheard");
    private readonly FakeTimeProvider _clock = new();
    private readonly TradingRuntime _runtime;

    public ReadyProbeTests() =>
        _runtime = new(_ => throw new NotSupportedException(), new SaidJournal(JournalState.Healthy), null!, null!, new(_meter, _clock), _clock, NullLogger<TradingRuntime>.Instance);

    [Theory]
    [InlineData(false, JournalState.Healthy, 503, "recovering")]
    [InlineData(true, JournalState.Starting, 503, "journal")]
    [InlineData(true, JournalState.Retrying, 503, "journal")]
    [InlineData(true, JournalState.Stopped, 503, "journal")]
    [InlineData(true, JournalState.Fenced, 503, "fenced")]
    [InlineData(true, JournalState.Healthy, 200, "ok")]
    public void Ready_IsWhatCanSendOrders(bool recovered, JournalState state, int status, string said)
    {
        _runtime.Snapshots.Publish(new() { Recovered = recovered });
        var answer = HealthEndpoints.Ready(_runtime, new SaidJournal(state));
        ((answer as IStatusCodeHttpResult)?.StatusCode).ShouldBe(status);
        ((answer as IValueHttpResult)?.Value).ShouldBe(new ProbeAnswer(said));
    }

    /// <summary>The thread hangs: the last picture it published stands, and the journal has nothing to do.</summary>
    [Theory]
    [InlineData(9, JournalState.Healthy, 200, "ok")]
    [InlineData(11, JournalState.Healthy, 503, "engine")]
    [InlineData(11, JournalState.Retrying, 503, "journal")]
    public void Ready_WhenTheTradingThreadTakesNoTurn_IsNot(int seconds, JournalState state, int status, string said)
    {
        _runtime.Snapshots.Publish(new() { Recovered = true });
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        var answer = HealthEndpoints.Ready(_runtime, new SaidJournal(state));
        ((answer as IStatusCodeHttpResult)?.StatusCode).ShouldBe(status);
        ((answer as IValueHttpResult)?.Value).ShouldBe(new ProbeAnswer(said));
    }

    public void Dispose()
    {
        _runtime.Dispose();
        _meter.Dispose();
    }

    private sealed class SaidJournal(JournalState state) : IDurableJournal
    {
        public event Action<long> Committed { add { } remove { } }
        public event Action<IReadOnlyList<OutsideEdit>> EditedOutside { add { } remove { } }

        public Task<int> LookOutsideAsync() => Task.FromResult(0);

        public JournalHealth Health { get; } = new(state, 0, null, 0, null);

        public void Append(JournalBatch batch) => throw new NotSupportedException();

        public Task DisableRuleAsync(Guid ruleId, string reason) => throw new NotSupportedException();
    }
}
