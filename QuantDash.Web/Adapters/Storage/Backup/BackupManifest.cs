using System.Security.Cryptography;
using System.Text.Json;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Adapters.Storage.Backup;

/// <summary><c>manifest.json</c> of a backup's folder: what it is, and the SHA-256 of each file in it.</summary>
internal sealed record BackupManifest(BackupMade Backup, IReadOnlyDictionary<string, string> Files)
{
    public const string FileName = "manifest.json";
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Of every file that lies in the folder now.</summary>
    public static BackupManifest Of(BackupMade backup, string folder) => new(backup, Names(folder).ToDictionary(name => name, name => HashOf(Path.Combine(folder, name)), StringComparer.Ordinal));

    public void Write(string folder) => File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Json));

    /// <summary>Null when there is none, or it cannot be read.</summary>
    public static BackupManifest? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(File.ReadAllText(Path.Combine(folder, FileName)), Json);
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The first file that is missing or not as it was written; null when all are.</summary>
    public string? Damaged(string folder) =>
        Files.FirstOrDefault(file => !File.Exists(Path.Combine(folder, file.Key)) || HashOf(Path.Combine(folder, file.Key)) != file.Value).Key;

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Where(name => name != FileName).Order(StringComparer.Ordinal);

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
