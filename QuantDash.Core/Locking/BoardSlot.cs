namespace QuantDash.Core.Locking;

/// <summary>One rule on the board: its armed terms and the entries it has in ladders and bands right now.</summary>
internal sealed class BoardSlot(BoardRule rule, PriceLane lane)
{
    public BoardRule Rule { get; set; } = rule;
    public PriceLane Lane { get; } = lane;
    public List<LadderEntry> Levels { get; } = [];
    public TrailingEntry? Trailing { get; set; }
    public List<Confirmation> Confirming { get; } = [];
    public bool OnBoard { get; set; }

    /// <summary>A condition of it has to be false first.</summary>
    public bool AwaitsFalse => Levels.Exists(static entry => entry.Role is LadderRole.Rearm or LadderRole.RearmTrailing);
}

/// <summary>A condition that holds and waits for more ticks that agree.</summary>
internal sealed class Confirmation(BoardSlot slot, ConditionKind kind, long level, long? best)
{
    public BoardSlot Slot { get; } = slot;
    public ConditionKind Kind { get; } = kind;

    /// <summary>Level in the leg's favourable direction (mirrored for a short leg), see <see cref="PriceLane"/>.</summary>
    public long Level { get; set; } = level;

    /// <summary>Best price of a trailing condition, mirrored for a short leg.</summary>
    public long? Best { get; } = best;
    public int Ticks { get; set; } = 1;
}
