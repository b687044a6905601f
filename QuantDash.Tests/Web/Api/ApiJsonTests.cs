using System.Text.Json;
using QuantDash.Web.Api;

namespace QuantDash.Tests.Web.Api;

public sealed class ApiJsonTests
{
    [Fact]
    public void Answers_AreWrittenPlainly()
    {
        var at = new DateTimeOffset(2021, 1, 4, 11, 5, 14, 400, TimeSpan.FromHours(8));
        var json = JsonSerializer.Serialize(new { LockPrice = 5245.80m, Big = 10_000_000.000m, Tiny = 0.00000001m, At = at, Note = "利润 <b>" }, ApiJson.Options);
        json.ShouldBe("""{"lock_price":5245.8,"big":10000000,"tiny":0.00000001,"at":"2021-01-04T03:05:14.400Z","note":"利润 \u003Cb\u003E"}""");
    }
}
