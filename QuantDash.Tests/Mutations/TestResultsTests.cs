namespace QuantDash.Tests.Mutations;

public sealed class TestResultsTests
{
    private const string Trx =
        """
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <Results>
            <UnitTestResult testId="1" outcome="Passed" /><UnitTestResult testId="2" outcome="Failed" />
            <UnitTestResult testId="3" outcome="Passed" /><UnitTestResult testId="4" outcome="NotExecuted" />
          </Results>
          <TestDefinitions>
            <UnitTest id="1"><TestMethod className="A.B.SomeTests" name="Theory_Holds" /></UnitTest>
            <UnitTest id="2"><TestMethod className="A.B.SomeTests" name="A.B.SomeTests.Theory_Holds(x: 2.5)" /></UnitTest>
            <UnitTest id="3"><TestMethod className="A.B.SomeTests" name="Fact_Holds" /></UnitTest>
            <UnitTest id="4"><TestMethod className="A.B.SomeTests" name="Needs_Postgres" /></UnitTest>
          </TestDefinitions>
        </TestRun>
        """;

    [Theory]
    [InlineData("SomeTests.Theory_Holds", "red")]
    [InlineData("SomeTests.Fact_Holds", "green")]
    [InlineData("SomeTests.Needs_Postgres", "not run")]
    [InlineData("SomeTests.Never_Ran", "not run")]
    public void Test_IsRedOnlyWhenItRanAndFailed(string test, string expected) => TestResults.Read(new StringReader(Trx)).Of(test).ShouldBe(expected);

    [Fact]
    public void RunThatDidNotBegin_SaysNothing() => TestResults.None.Of("SomeTests.Fact_Holds").ShouldBe("not run");
}
