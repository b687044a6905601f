using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using QuantDash.Tests.Web.Api;
using QuantDash.Web.Shell;

namespace QuantDash.Tests.Web.Shell;

public sealed class InstallManifestTests
{
    /// <summary>What browsers need to install it: name, start, display, and icons of 192 and 512 that are what they say.</summary>
    [Theory]
    [InlineData("zh-CN", "QuantDash 交易驾驶舱", "锁仓")]
    [InlineData("en", "QuantDash: trading cockpit", "Locks")]
    public async Task Manifest_InEachLanguage_IsWholeAndItsIconsExist(string language, string name, string shortcut)
    {
        using var rig = new ApiRig();
        using var anybody = rig.Anonymous();
        using var answer = await anybody.GetAsync(new Uri($"{InstallManifest.Path}?lang={language}", UriKind.Relative));
        (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType).ShouldBe((HttpStatusCode.OK, "application/manifest+json"));
        var manifest = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

        (Text(manifest, "name"), Text(manifest, "lang"), Text(manifest, "display"), Text(manifest, "start_url"), Text(manifest, "id")).ShouldBe((name, language, "standalone", "/", "/"));
        manifest.GetProperty("shortcuts").EnumerateArray().Select(s => Text(s, "name")).ShouldContain(shortcut);
        var icons = manifest.GetProperty("icons").EnumerateArray().ToList();
        icons.Select(icon => (Text(icon, "sizes"), Text(icon, "purpose"))).ShouldBe([("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"), ("any", "any")]);
        foreach (var icon in icons)
        {
            var file = await anybody.GetByteArrayAsync(new Uri(Text(icon, "src"), UriKind.Relative));
            if (Text(icon, "type") != "image/png") continue;
            file.AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
            var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)));
            $"{width}x{height}".ShouldBe(Text(icon, "sizes"));
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
