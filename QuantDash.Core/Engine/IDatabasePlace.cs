namespace QuantDash.Core.Engine;

/// <summary>Where the database lies on this machine.</summary>
public interface IDatabasePlace
{
    /// <summary>The folder of its file; null: a server has it.</summary>
    string? Folder { get; }
}
