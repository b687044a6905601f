using QuantDash.Core.Primitives;

namespace QuantDash.Core.Statements;

/// <summary>What a difference is about.</summary>
public enum DifferencePart { Account, Funds, Trade, ClosedPnl, Position }

/// <summary>Why two numbers differ.</summary>
public enum DifferenceReason
{
    /// <summary>A cent, or the last digit that was printed.</summary>
    Rounding,

    /// <summary>Cash that was booked here on another day, or to agree with the counter.</summary>
    CashBooked,

    /// <summary>Comes from trades that are listed below.</summary>
    FromTrades,

    /// <summary>Comes from positions that are listed below.</summary>
    FromPositions,

    /// <summary>Comes from the lines above it.</summary>
    FromAbove,

    /// <summary>The same trade under another number.</summary>
    OtherTradeId,

    /// <summary>The broker's average is the basis of the day (逐日), ours the open price.</summary>
    MarkBasis,

    /// <summary>The day is not settled here yet.</summary>
    NotSettled,
}

/// <summary>One number of the broker's beside ours.</summary>
public sealed record StatementDifference
{
    public required DifferencePart Part { get; init; }

    /// <summary>Which number: <c>equity</c>, <c>fee</c>, <c>volume</c>, <c>missing_here</c>.</summary>
    public required string Field { get; init; }

    /// <summary>Of a trade or a position.</summary>
    public Symbol? Symbol { get; init; }

    /// <summary>The trade's number, the leg, or the client's number.</summary>
    public string? Subject { get; init; }
    public decimal? Broker { get; init; }
    public decimal? Ours { get; init; }

    /// <summary>Null while they differ: unexplained, unless <see cref="Agrees"/>.</summary>
    public DifferenceReason? Reason { get; init; }

    /// <summary>What explains it, such as the day of the cash.</summary>
    public string? Detail { get; init; }
    public bool Agrees { get; init; }
    public decimal? Difference => Broker - Ours;
    public bool Unexplained => !Agrees && Reason is null;
}

/// <summary>A statement held against our books: every number of the funds, and of trades and positions those that differ.</summary>
/// <param name="Lines">Funds first.</param>
/// <param name="TradesAgreed">Trades without any difference.</param>
/// <param name="PositionsAgreed">Legs without any difference.</param>
/// <param name="Settled">Whether the day is settled in our books.</param>
public sealed record StatementReport(IReadOnlyList<StatementDifference> Lines, int TradesAgreed, int PositionsAgreed, bool Settled)
{
    public int Unexplained => Lines.Count(line => line.Unexplained);
    public int Explained => Lines.Count(line => line.Reason is not null);
}
