using QuantDash.Core.Primitives;
using QuantDash.Web.Features.Orders;

namespace QuantDash.Tests.Web.Features.Orders;

public sealed class HistoryListTests
{
    private readonly HistoryList<Line> _list = new(line => line.Id);

    [Fact]
    public void Refresh_OfTheFirstPageAlone_PutsTheNewestOnTop()
    {
        _list.Begin(Of("c", 3, 2));
        _list.Refresh(Of("c", 4, 3));
        (Shown(), _list.New, _list.Next).ShouldBe(("4 3", 0, "c"));
    }

    [Fact]
    public void Refresh_BesideOlderPages_ChangesLinesWhereTheyStandAndCountsTheNew()
    {
        Older();
        _list.Refresh(new([new(8, ""), new(7, ""), new(6, "changed"), new(5, "")], "c5"));
        (Shown(), _list.New, _list.Next).ShouldBe(("6changed 5 4 3 2 1", 2, "c0"));
    }

    [Fact]
    public void Refresh_WithoutALineThatItHadBefore_TakesItAway()
    {
        Older();
        _list.Refresh(Of("c4", 6, 4));
        Shown().ShouldBe("6 4 3 2 1");
    }

    [Fact]
    public void Refresh_AfterMoreThanAPageOfNewOnes_KeepsWhatIsRead()
    {
        Older();
        _list.Refresh(Of("c", 20, 19, 18));
        (Shown(), _list.New).ShouldBe(("6 5 4 3 2 1", 3));
        _list.Begin(Of("c", 20, 19, 18));
        (Shown(), _list.New).ShouldBe(("20 19 18", 0));
    }

    [Fact]
    public void Put_ChangesOneLine_OrTakesItAway()
    {
        Older();
        _list.Put(3, new(3, "x"));
        _list.Put(2, null);
        _list.Put(99, new(99, ""));
        Shown().ShouldBe("6 5 4 3x 1");
    }

    [Fact]
    public void List_WithMoreThanABrowserDraws_IsFull()
    {
        _list.Begin(new([.. Enumerable.Range(0, HistoryList<Line>.MostLines).Select(i => new Line(i, ""))], "older"));
        _list.IsFull.ShouldBeTrue();
        _list.Begin(new([.. Enumerable.Range(0, HistoryList<Line>.MostLines).Select(i => new Line(i, ""))], null));
        _list.IsFull.ShouldBeFalse();
    }

    private void Older()
    {
        _list.Begin(Of("c3", 6, 5, 4));
        _list.Add(Of("c0", 3, 2, 1));
    }

    private static Page<Line> Of(string? next, params int[] ids) => new([.. ids.Select(id => new Line(id, ""))], next);

    private string Shown() => string.Join(' ', _list.Items.Select(line => $"{line.Id}{line.Text}"));

    private sealed record Line(int Id, string Text);
}
