using System.Buffers;
using QuantDash.Web.Api;

namespace QuantDash.Tests.Web.Api;

public class LentBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(100_000)]
    public void Write_PastWhatWasExpected_KeepsEveryByte(int length)
    {
        var bytes = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        using var buffer = new LentBuffer(256);
        foreach (var part in bytes.Chunk(77)) buffer.Write(part);

        buffer.Length.ShouldBe(length);
        buffer.Written.ToArray().ShouldBe(bytes);
    }

    [Fact]
    public void GetMemory_MoreThanThereIs_GivesAtLeastThat()
    {
        using var buffer = new LentBuffer(16);
        buffer.GetMemory(10_000).Length.ShouldBeGreaterThanOrEqualTo(10_000);
        buffer.GetSpan().Length.ShouldBeGreaterThan(0);
    }
}
