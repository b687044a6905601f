using System.Globalization;

namespace QuantDash.Web.Ui.Trading;

/// <summary>The lock engine writes its sentences in Chinese, as the seeds fix them (<c>LockWords</c>), and stores them so. Other readers get the same words in
/// English; numbers stay as they are.</summary>
public static class EngineSentence
{
    private static readonly (string Chinese, string English)[] Phrases =
    [
        ("利润达到阈值", "profit reached"),
        ("价格达到目标", "price reached"),
        ("价格触及止损", "stop reached"),
        ("移动止损", "trailing stop"),
        ("最高", "high"),
        ("最低", "low"),
        ("持仓不足: 当前", "not enough position: now "),
        ("仓: ", " leg: "),
        ("需要锁定: ", "to lock: "),
        ("可锁: ", "lockable: "),
        ("手", " lots"),
    ];

    public static string InReadersLanguage(string sentence) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh"
            ? sentence
            : Phrases.Aggregate(sentence, (text, phrase) => text.Replace(phrase.Chinese, phrase.English, StringComparison.Ordinal));
}
