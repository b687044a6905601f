using System.Text;
using System.Text.Json;
using QuantDash.Web.Api;

namespace QuantDash.Tests.Web.Api;

public sealed class JsonFieldsTests
{
    private enum Mode { Slow, VeryFast }

    [Fact]
    public void Fields_ThatAreRight_AreRead()
    {
        var fields = Read("""{"name":"甲","price":5245.8,"count":3,"on":true,"mode":"very_fast","at":"2021-01-04T09:30:00.400+08:00","ms":1609723800400}""");

        fields.Text("name").ShouldBe("甲");
        fields.Number("price").ShouldBe(5245.8m);
        fields.Integer("count", 1, 5).ShouldBe(3);
        fields.Flag("on").ShouldBe(true);
        fields.Choice<Mode>("mode").ShouldBe(Mode.VeryFast);
        fields.Time("at").ShouldBe(fields.Time("ms"));
        fields.Time("at")!.Value.Offset.ShouldBe(TimeSpan.Zero);
        fields.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"x":"5"}""", "not_a_number")]
    [InlineData("""{"x":"NaN"}""", "not_a_number")]
    [InlineData("""{"x":true}""", "not_a_number")]
    [InlineData("""{"x":[1]}""", "not_a_number")]
    [InlineData("""{"x":{"x":1}}""", "not_a_number")]
    [InlineData("""{"x":1e400}""", "out_of_range")]
    [InlineData("""{"x":-1e16}""", "out_of_range")]
    [InlineData("""{"x":1,"x":2}""", "duplicate_field")]
    public void Number_ThatIsNone_IsNamed(string json, string code) => Codes(json, f => f.Number("x")).ShouldBe([code]);

    [Theory]
    [InlineData("\"2021-01-04T09:30:00\"")]
    [InlineData("\"2021-01-04\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("\"\"")]
    [InlineData("true")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e300")]
    [InlineData("\"0001-01-01T00:00:00Z\"")]
    [InlineData("\"9999-12-31T23:59:59-23:00\"")]
    public void Time_WithoutZoneOrRange_IsNamed(string json) => Codes($$"""{"x":{{json}}}""", f => f.Time("x")).ShouldBe(["not_a_time"]);

    [Theory]
    [InlineData("\"a\\u0000b\"", "bad_text")]
    [InlineData("\"\\ud800\"", "bad_text")]
    [InlineData("7", "not_text")]
    [InlineData("\"123456789\"", "too_long")]
    public void Text_ThatCannotBeKept_IsNamed(string json, string code) => Codes($$"""{"x":{{json}}}""", f => f.Text("x", 8)).ShouldBe([code]);

    [Theory]
    [InlineData("1.5", "not_an_integer")]
    [InlineData("0", "out_of_range")]
    [InlineData("101", "out_of_range")]
    public void Integer_OutsideItsRange_IsNamed(string json, string code) =>
        Codes($$"""{"x":{{json}}}""", f => f.Integer("x", 1, 100)).ShouldBe([code]);

    [Theory]
    [InlineData("\"VeryFast\"")]
    [InlineData("\"1\"")]
    [InlineData("\"\"")]
    public void Choice_ThatIsNone_NamesWhatIsAllowed(string json)
    {
        var fields = Read($$"""{"x":{{json}}}""");
        fields.Choice<Mode>("x").ShouldBeNull();
        fields.Problems.ShouldHaveSingleItem().Values[1].ShouldBe(new[] { "slow", "very_fast" });
    }

    [Fact]
    public void Problems_OfNestedObjects_CarryTheirPath()
    {
        var fields = Read("""{"positions":[{"symbol":1},7,{"symbol":"a","symbol":"b"}],"terms":{"clock":2}}""");
        foreach (var item in fields.Objects("positions", 10)!) item.Text("symbol");
        fields.Object("terms")!.Text("clock");
        fields.Problems.Select(p => p.Field).ShouldBe(["positions[1]", "positions[2].symbol", "positions[0].symbol", "terms.clock"], ignoreOrder: true);
    }

    [Fact]
    public void Names_ThatAreBroken_AreNobodysField() => Read("{\"\\ud800\":1,\"x\":2}").Number("x").ShouldBe(2);

    [Fact]
    public void Required_IsMissedWhenAbsentOrNull_NotWhenWrong()
    {
        var fields = Read("""{"a":null,"b":"x"}""");
        fields.Require("a", "b", "c");
        fields.Problems.Select(p => p.Field).ShouldBe(["a", "c"]);
    }

    [Fact]
    public void Problems_AreAtMostAHundred() // an answer must not be larger than the mistake
    {
        var fields = Read("{}");
        for (var i = 0; i < 1000; i++) fields.Refuse($"f{i}", "required");
        fields.Problems.Count.ShouldBe(100);
    }

    private static IEnumerable<string> Codes(string json, Action<JsonFields> read)
    {
        var fields = Read(json);
        read(fields);
        return fields.Problems.Select(p => p.Code);
    }

    private static JsonFields Read(string json) => JsonFields.Root(JsonDocument.Parse(Encoding.UTF8.GetBytes(json)).RootElement);
}
