using Bunit;
using QuantDash.Core.Markets;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.SystemStatus;

namespace QuantDash.Tests.Web.Features.SystemStatus;

public sealed class SourceLineTests : ScreenContext
{
    [Theory]
    [InlineData(0.9876, "98.7%", true)]
    [InlineData(0.9999, "99.9%", false)]
    [InlineData(null, "—", false)]
    public void Line_ShowsTheShareOfItsSessionsInWhichTheSourceWasLive(double? share, string text, bool warns)
    {
        var counted = TimeSpan.FromHours(1);
        var row = new SourceRow
        {
            Name = "bridge", Clock = SourceClock.Wall, SessionsAlways = false, Contracts = 2, Stale = 0, Accepted = 5, Rejected = 0, Health = null,
            Uptime = SourceRow.Percent(share is { } up ? new(counted * up, counted) : default),
        };
        var cell = Render<SourceLine>(line => line.Add(l => l.Row, row)).Find("td:last-child");
        cell.TextContent.ShouldBe(text);
        cell.ClassList.Contains("warn").ShouldBe(warns);
    }
}
