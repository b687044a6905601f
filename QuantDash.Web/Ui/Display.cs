using System.Globalization;

namespace QuantDash.Web.Ui;

/// <summary>How this browser wants to see things: kept in cookies, so that the first byte of a page is already right.</summary>
public sealed record Display(string Theme, string Colors)
{
    public const string ThemeCookie = "qd-theme";
    public const string ColorsCookie = "qd-colors";
    public const string AccountCookie = "qd-account";

    public static readonly string[] Cultures = ["zh-CN", "en"];

    public static Display Of(IRequestCookieCollection cookies) => new(
        cookies[ThemeCookie] is "light" ? "light" : "dark",
        cookies[ColorsCookie] is "green-up" ? "green-up" : "red-up");

    public static Guid? AccountOf(IRequestCookieCollection cookies) => Guid.TryParse(cookies[AccountCookie], out var id) ? id : null;

    public static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";
}
