using System.Globalization;

namespace QuantDash.Web.Ui;

/// <summary>How this browser shows things: kept in cookies, so that the first byte of a page is already right, and brought in step with the person at every sign-in.</summary>
public sealed record Display(string Theme, string Colors)
{
    public const string ThemeCookie = "qd-theme";
    public const string ColorsCookie = "qd-colors";
    public const string AccountCookie = "qd-account";

    public const string SoundsCookie = "qd-sounds";
    private const int LongestSounds = 100;

    public static readonly string[] Cultures = ["zh-CN", "en"];

    public static Display Of(IRequestCookieCollection cookies) => new(
        cookies[ThemeCookie] is "light" ? "light" : "dark",
        cookies[ColorsCookie] is "green-up" ? "green-up" : "red-up");

    /// <summary>Whether a cookie is one of those that belong to a person, and can hold this.</summary>
    public static bool Takes(string cookie, string value) => cookie switch
    {
        ThemeCookie => value is "light" or "dark",
        ColorsCookie => value is "green-up" or "red-up",
        NumberChoice.Cookie => NumberChoice.Parse(value).ToString() == value,
        SoundsCookie => value.Length <= LongestSounds && value.All(letter => char.IsAsciiLetterLower(letter) || letter == ','),
        _ => false,
    };

    public static Guid? AccountOf(IRequestCookieCollection cookies) => Guid.TryParse(cookies[AccountCookie], out var id) ? id : null;

    public static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";
}
