using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using QuantDash.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Tests.Web.Ui;

/// <summary>Events stay readable whichever version wrote them.</summary>
public sealed class TapeLineTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();

    public TapeLineTests() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

    [Fact]
    public void Event_OfThisVersion_IsASentence() => Sentence("lock.broken", "long", "8", "3", "30.00").ShouldBe("long: lock broken, 3 of 8 lots uncovered, 30.00 a tick");

    [Fact]
    public void Event_OfAnOlderVersionWithFewerValues_IsSaidWithItsOwnWords() => Sentence("lock.broken", "long", "3").ShouldBe("lock broken · long · 3");

    [Fact]
    public void Event_OfANewerVersion_IsSaidWithItsOwnWords() => Sentence("lock.turned_over", "long").ShouldBe("lock turned over · long");

    public void Dispose()
    {
        CultureInfo.CurrentUICulture = _before;
        _services.Dispose();
    }

    private string Sentence(string key, params IReadOnlyList<string> values) =>
        TapeLine.From(
            new() { Number = 1, At = SampleSnapshot.Now, Severity = TapeSeverity.Danger, Key = key, Values = values },
            _services.GetRequiredService<IStringLocalizer<TapeText>>()).Sentence;
}
