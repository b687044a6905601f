using Microsoft.Extensions.Logging;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Trading;

namespace QuantDash.Tests.Web.Trading;

public sealed class TradingLogTests
{
    private static readonly Guid Trigger = new("00000000-0000-0000-0000-000000000001");

    [Theory]
    [InlineData("lock.fired", "[触发锁仓] CZCE.TA2505 long - 利润达到阈值: 10500.00 >= 10000.00 trigger=00000000-0000-0000-0000-000000000001")]
    [InlineData("lock.executing", "[自动执行] 开始执行锁仓: CZCE.TA2505 long 利润达到阈值: 10500.00 >= 10000.00手 trigger=00000000-0000-0000-0000-000000000001")]
    [InlineData("lock.executed", "[锁仓执行] 执行成功: CZCE.TA2505 long 利润达到阈值: 10500.00 >= 10000.00手, 锁定利润: 8元 trigger=00000000-0000-0000-0000-000000000001")]
    [InlineData("order.unknown", "7 order.unknown CZCE.TA2505 long 利润达到阈值: 10500.00 >= 10000.00 8 subject=00000000-0000-0000-0000-000000000001")]
    public void Line_OfWhatAFiringDid_NamesItsTrigger(string key, string line)
    {
        var log = new Lines();
        TradingLog.Event(log, Entry(key, Trigger));
        log.Written.ShouldBe([line]);
        log.Properties.ShouldContain(p => Equals(p.Value, Trigger));
    }

    [Fact]
    public void Line_AboutNothing_NamesNothing()
    {
        var log = new Lines();
        TradingLog.Event(log, Entry("feed.stale", null));
        log.Written.ShouldBe(["7 feed.stale CZCE.TA2505 long 利润达到阈值: 10500.00 >= 10000.00 8"]);
    }

    private static TapeEvent Entry(string key, Guid? subject) => new()
    {
        Number = 7, At = DateTimeOffset.UnixEpoch, Severity = TapeSeverity.Info, Key = key, Symbol = Symbol.ParseCanonical("CZCE.TA2505"), SubjectId = subject,
        Values = ["long", "利润达到阈值: 10500.00 >= 10000.00", "8"],
    };

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];
        public List<KeyValuePair<string, object?>> Properties { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Written.Add(formatter(state, exception));
            if (state is IEnumerable<KeyValuePair<string, object?>> properties) Properties.AddRange(properties);
        }
    }
}
