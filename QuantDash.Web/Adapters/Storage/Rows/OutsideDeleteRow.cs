namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>outside_deletes</c>: a database trigger notes here which of our rows another program deleted, until we have taken note.</summary>
internal sealed class OutsideDeleteRow
{
    public required string TableName { get; set; }
    public Guid RowId { get; set; }
}
