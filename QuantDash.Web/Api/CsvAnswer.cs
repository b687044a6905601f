using System.Text;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Api;

/// <summary>A whole list as CSV, written while it is read: a long past needs no memory.</summary>
internal static class CsvAnswer
{
    /// <param name="name">Of the file.</param>
    /// <param name="columns">As the JSON calls them.</param>
    /// <param name="read">The pages, newest first.</param>
    /// <param name="cells">In the order of the columns.</param>
    public static IResult Of<T>(string name, IReadOnlyList<string> columns, Func<PageRequest, Task<Page<T>>> read, Func<T, object?[]> cells) => Results.Stream(
        async stream =>
        {
            // With a mark, so that spreadsheets read Chinese as Chinese.
            await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            await writer.WriteAsync(CsvText.Line(columns));
            string? cursor = null;
            do
            {
                var page = await read(new(cursor, PageRequest.LongestPage));
                foreach (var item in page.Items) await writer.WriteAsync(CsvText.Line(cells(item)));
                cursor = page.NextCursor;
            }
            while (cursor is not null);
        },
        "text/csv; charset=utf-8",
        name);
}
