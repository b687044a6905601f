namespace QuantDash.Tests.Benchmarks;

/// <summary>
/// Every benchmark by name. A benchmark is a function that measures and returns rows; it may use BenchmarkDotNet (with the
/// in-process toolchain, as this is the test project) or its own stopwatch loop. Add a line here and it is part of `bench all`.
/// </summary>
internal static class BenchmarkCatalog
{
    public static readonly IReadOnlyDictionary<string, Func<IReadOnlyList<BenchmarkRow>>> All =
        new SortedDictionary<string, Func<IReadOnlyList<BenchmarkRow>>>(StringComparer.Ordinal)
        {
            ["backtest"] = BacktestBenchmark.Run,
            ["backtest-profile"] = BacktestProfile.Run,
            ["board"] = BoardBenchmark.Run,
            ["browser"] = BrowserBenchmark.Run,
            ["clock"] = ClockBenchmark.Run,
            ["decision"] = DecisionBenchmark.Run,
            ["durable"] = DurableBenchmark.Run,
            ["failover"] = FailoverBenchmark.Run,
            ["journal"] = JournalBenchmark.Run,
            ["gate"] = GateBenchmark.Run,
            ["history"] = HistoryBenchmark.Run,
            ["indicators"] = IndicatorsBenchmark.Run,
            ["pages"] = PagesBenchmark.Run,
            ["path"] = PathBenchmark.Run,
            ["restart"] = RestartBenchmark.Run,
            ["sandbox"] = SandboxBenchmark.Run,
            ["start"] = StartBenchmark.Run,
            ["starvation"] = StarvationBenchmark.Run,
            ["tick-backtest"] = TickBacktestBenchmark.Run,
            ["views"] = ViewsBenchmark.Run,
        };
}
