namespace QuantDash.Tests.Recovery.Venue;

/// <summary>What the scripted venue and its program do with one order.</summary>
public enum VenueFault
{
    /// <summary>Acknowledges, then reports the fill.</summary>
    None,

    /// <summary>The fill is told before the acknowledgement.</summary>
    FillBeforeAcknowledgement,

    /// <summary>Every report is sent twice.</summary>
    AnswersTwice,

    /// <summary>Two partial fills, the later one told first.</summary>
    OutOfOrder,

    /// <summary>The order is placed and filled, and nothing is ever said of it until it is asked about.</summary>
    NeverAnswers,

    /// <summary>The acknowledgement comes, the frame with the fill is lost.</summary>
    MissesTheFill,

    /// <summary>The link breaks after the order was placed, before anything was said.</summary>
    DropsTheLink,

    /// <summary>The order rests and is filled only when somebody wants to cancel it.</summary>
    FillsAtTheCancel,

    /// <summary>The order rests, half of it is filled when somebody wants to cancel it, the rest is cancelled.</summary>
    HalfFilledAtTheCancel,
}
