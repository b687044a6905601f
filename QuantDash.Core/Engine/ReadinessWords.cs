using System.Globalization;
using QuantDash.Core.Locking;

namespace QuantDash.Core.Engine;

/// <summary>Why a rule could not execute, in the engine's own wording: stored on the tape and sent.</summary>
public static class ReadinessWords
{
    public static string Of(ReadinessFinding finding) => finding.Why switch
    {
        "margin_short" => $"整腿保证金和手续费需要 {Money(finding, 0)}, 可用 {Money(finding, 1)}",
        "together_short" => $"全部止损同时触发需要 {Money(finding, 0)}, 可用 {Money(finding, 1)}",
        "nothing_left" => $"所需 {Lots(finding, 0)}手均被占用",
        "below_one_lot" => $"{Lots(finding, 0)}手按比例不足一手",
        "expired" => "合约已到期",
        "no_funds" => LockWords.NotEnoughAfterUnlock(finding.Values[0]),
        "halted" => LockWords.TradingHalted,
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding.Why, null),
    };

    private static string Money(ReadinessFinding finding, int place) => finding.Values[place].ToString("0.00", CultureInfo.InvariantCulture);

    private static string Lots(ReadinessFinding finding, int place) => finding.Values[place].ToString("0.########", CultureInfo.InvariantCulture);
}
