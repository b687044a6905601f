namespace QuantDash.Web.Ui;

/// <summary>Tables that can grow to hundreds of lines: above a size they scroll in a frame of their own, and only what is in sight is drawn.</summary>
public static class LongTables
{
    /// <summary>About three screens of lines: below it, drawing everything is quicker than asking the browser what it sees.</summary>
    public const int MostDrawnWhole = 60;

    /// <summary>The class of the frame around a table of so many lines.</summary>
    public static string FrameOf(int lines) => lines > MostDrawnWhole ? "table-frame long" : "table-frame";
}
