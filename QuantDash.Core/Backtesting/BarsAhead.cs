using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Sandbox;

namespace QuantDash.Core.Backtesting;

/// <summary>Tells a strategy to which the way is long several bars at once: those on which nothing but the bar itself can happen unless it acts. It sees the same as if it were told one by one.</summary>
internal sealed class BarsAhead(IBatchedStrategy strategy, BacktestContext context, BacktestLedger ledger, StrategyBar[] rows)
{
    private const int Fewest = 4;
    private const int Most = 1024;

    private readonly BarAhead[] _ahead = new BarAhead[Most];
    private int _wanted = Fewest;
    private int _told = -1;

    /// <param name="last">The last bar of the day.</param>
    public void Tell(int index, int last, int warmUp, long nextFunding)
    {
        if (index > _told) Ask(index, context.Working.Count > 0 ? index : last, warmUp, nextFunding);
        if (index == _told) strategy.Act(context);
    }

    private void Ask(int index, int last, int warmUp, long nextFunding)
    {
        var count = 0;
        var most = Math.Min(_wanted, last - index + 1);
        while (count < most && (count == 0 || IsQuiet(rows[index + count], nextFunding)))
        {
            ref readonly var bar = ref rows[index + count];
            var equity = ledger.EquityAt(bar.CloseTicks);
            _ahead[count] = new(bar, index + count < warmUp, equity, equity - ledger.MarginAt(bar.CloseTicks));
            count++;
        }

        var told = strategy.OnBars(context, context.Instrument, _ahead.AsSpan(0, count));
        _told = index + told - 1;
        _wanted = told < count ? Math.Max(Fewest, told) : Math.Min(Most, _wanted * 2);
    }

    private bool IsQuiet(in StrategyBar bar, long nextFunding) =>
        bar.End < context.NextTimer && bar.End <= nextFunding && ledger.EquityBase + (ledger.EquityPerTick * bar.CloseTicks) > 0;
}
