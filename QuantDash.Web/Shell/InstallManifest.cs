using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Shell;

/// <summary>What makes the cockpit installable on a phone or a desk. There is no service worker: nothing of a trading screen may come out of a cache, and browsers install without one.</summary>
public static class InstallManifest
{
    public const string Path = "/manifest.webmanifest";

    // As the surfaces of css/tokens.css.
    private const string Dark = "#0b0f14";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // Browsers ask for it without cookies: the page says the language.
    public static void MapInstallManifest(this IEndpointRouteBuilder app) =>
        app.MapGet(Path, (string? lang) => Results.Text(JsonSerializer.Serialize(Of(lang), Options), "application/manifest+json")).AllowAnonymous().ExcludeFromDescription();

    /// <summary>Its address on a page in the present language.</summary>
    public static string Address => $"{Path}?lang={CultureInfo.CurrentUICulture.Name}";

    private static Manifest Of(string? lang) => lang is "en"
        ? new("QuantDash: trading cockpit", "QuantDash", "Positions, locks and orders of one trader, live.", "en", Pages("Positions", "Locks", "Account"))
        : new("QuantDash 交易驾驶舱", "QuantDash", "一位交易者的持仓、锁仓与报单，实时。", Display.Cultures[0], Pages("持仓", "锁仓", "账户"));

    private static IReadOnlyList<Shortcut> Pages(string positions, string locks, string account) => [new(positions, "/positions"), new(locks, "/lock"), new(account, "/account")];

    private sealed record Manifest(string Name, string ShortName, string Description, string Lang, IReadOnlyList<Shortcut> Shortcuts)
    {
        public string Id => "/";
        public string StartUrl => "/";
        public string Scope => "/";
        public string Display => "standalone";
        public string BackgroundColor => Dark;
        public string ThemeColor => Dark;

        public IReadOnlyList<ManifestIcon> Icons { get; } =
        [
            new("/icons/192.png", "192x192", "image/png", "any"), new("/icons/512.png", "512x512", "image/png", "any"), new("/icons/maskable.png", "512x512", "image/png", "maskable"), new ManifestIcon("/favicon.svg", "any", "image/svg+xml", "any"),
        ];
    }

    private sealed record ManifestIcon(string Src, string Sizes, string Type, string Purpose);

    private sealed record Shortcut(string Name, string Url);
}
